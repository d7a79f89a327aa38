/** What may import what: the rules of the architecture, each with its reason. */
/** What reads time-zone data. Each Node build has its own, so a workflow that is replayed elsewhere must not ask it. */
const ZONE_READERS = '^workflows/domain/(zone|open-times|clock|sla|pick-up|shifts|time-off|swallowed-shifts|availability)\\.ts$';
const OURS = '^(activities|api|worker|web|prisma|switchboard|scripts|tests|bench|examples|deploy)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: '1-domain-imports-only-itself',
      comment: 'The core decides from its arguments alone: anything else would make a decision depend on the outside.',
      severity: 'error',
      from: { path: '^workflows/domain/', pathNot: '^workflows/domain/zone\\.ts$' },
      to: { pathNot: '^workflows/domain/' },
    },
    {
      name: '1-one-file-knows-the-zone-library',
      comment: 'Zones are data that no rule of ours can replace: one file asks the library, with the instant as an argument, and answers in numbers (docs/decisions/050).',
      severity: 'error',
      from: { path: '^workflows/domain/zone\\.ts$' },
      to: { pathNot: '^workflows/domain/|^node_modules/temporal-(polyfill|spec)/' },
    },
    {
      name: '1-nobody-else-asks-the-zone-library',
      comment: 'One date library behind one file; a bench compares itself with it, bare.',
      severity: 'error',
      from: { pathNot: '^workflows/domain/zone\\.ts$|^bench/' },
      to: { path: '^node_modules/(temporal-polyfill|luxon|date-fns|dayjs|moment)/' },
    },
    {
      name: '1-zones-stay-out-of-the-sandbox',
      comment: 'Zone data differs between Node builds, and a replay would differ with it: workflows, and what they are made of, get instants that an activity or the API computed.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: ZONE_READERS },
      to: { path: ZONE_READERS, dependencyTypesNot: ['type-only'] },
    },
    {
      name: '2-contract-imports-zod-and-domain',
      comment: 'The contract is read by the browser, the workflow sandbox and the API alike, so it stays light and pure.',
      severity: 'error',
      from: { path: '^workflows/contract/' },
      to: { pathNot: '^(workflows/(domain|contract)/|node_modules/(zod|zod-openapi)/)' },
    },
    {
      name: '3-workflows-stay-deterministic',
      comment: 'Workflow code is replayed: outside packages and our own outer layers would break the replay. Activities come as types.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: '^workflows/(domain|contract)/' },
      to: {
        pathNot: '^(workflows/|node_modules/(@temporalio/(workflow|common)|zod)/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: '3-workflows-know-activities-alone-by-type',
      comment: 'Of our outer layers a workflow may name the activities, as types, and no other.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: '^workflows/(domain|contract)/' },
      to: { path: '^(api|worker|web|prisma|switchboard|scripts|tests|bench)/' },
    },
    {
      name: '4-activities-reach-outside-through-ports',
      comment: 'An activity knows the rules, the contract, the store and SDKs; knowing the API or a workflow would tie the layers into a knot.',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^(api|worker|web|scripts|tests|bench)/|^workflows/(?!domain/|contract/)' },
    },
    {
      name: '5-api-speaks-to-workflows-by-messages',
      comment: 'The API sends commands; it never runs workflow or activity code in its own process, and serves the web build as an artefact.',
      severity: 'error',
      from: { path: '^api/' },
      to: {
        path: '^(activities|worker|web|scripts|tests|bench)/|^workflows/(?!domain/|contract/|messages\\.ts$)|^node_modules/@temporalio/(worker|activity|testing)/',
      },
    },
    {
      name: '6-web-knows-contract-and-domain',
      comment: 'Pages get their data through the load context: one set of rules, and no server code in the browser bundle.',
      severity: 'error',
      from: { path: '^web/' },
      to: {
        path: `${OURS.replace('web|', '')}|^workflows/(?!domain/|contract/)|^node_modules/@(temporalio|prisma)/`,
      },
    },
    {
      name: '7-worker-wires-activities',
      comment: 'The worker hands workflows over by path, to be bundled, and never runs them in its own context.',
      severity: 'error',
      from: { path: '^worker/' },
      to: { path: '^(api|web|scripts|tests|bench)/|^workflows/(?!domain/|contract/)' },
    },
    {
      name: '8-no-runtime-cycles',
      comment: 'A cycle makes the order of evaluation matter and no file can be understood alone.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: '8-nobody-imports-tests',
      comment: 'What ships does not depend on what proves it.',
      severity: 'error',
      from: { pathNot: '^(tests|bench)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'store-knows-nobody-above-it',
      comment: 'Both the API and the activities write through the store, so it may know the rules and the contract and neither of them.',
      severity: 'error',
      from: { path: '^prisma/', pathNot: '^prisma/generated/' },
      to: { path: '^(activities|api|worker|web|switchboard|scripts|tests|bench)/|^workflows/(?!domain/|contract/)' },
    },
    {
      name: 'switchboard-puts-through-and-no-more',
      comment: 'Api and activities hand commands to workflows through one place; it knows the messages and the store and neither of its callers.',
      severity: 'error',
      from: { path: '^switchboard/' },
      to: {
        path: '^(activities|api|worker|web|scripts|tests|bench)/|^workflows/(?!domain/|contract/|messages\\.ts$)|^node_modules/@temporalio/(worker|activity|testing)/',
      },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere hides from every other rule.',
      severity: 'error',
      from: { pathNot: '^prisma/generated/' },
      to: { couldNotResolve: true, pathNot: '^(virtual:|.*\\?url$)|/build/|/generated/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^prisma/generated', '/build/'] },
    exclude: { path: '(^|/)build/|^\\.cache/|^\\.baton/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
