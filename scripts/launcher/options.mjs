import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot } from './root.mjs';
import { Refusal } from './say.mjs';

export const DEFAULT_PORT = 4000;

export const START_USAGE = `npm start -- [--port 4000] [--data .baton] [--empty] [--no-open]
  --port N    the port of the pages and the API (or PORT); the other ports follow from it
  --data DIR  the folder that holds everything (or BATON_DATA)
  --empty     a new data folder starts without the demo team
  --no-open   do not open a browser
Set DATABASE_URL or TEMPORAL_ADDRESS (or an envconfig profile) to use servers of your own.`;

function portOf(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_000) {
    throw new Refusal(`${text} is not a port: a whole number from 1 to 65000 is needed.`);
  }
  return port;
}

/** The data folder that the environment or the default names. */
export const dataFolder = (given) => resolve(given ?? process.env.BATON_DATA ?? inRoot('.baton'));

const quoted = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** How the command line is called for this data folder from a shell that knows nothing of it. */
export const commandFor = (data, args) => `${data === inRoot('.baton') ? '' : `BATON_DATA=${quoted(data)} `}npm run baton -- ${args}`;

/** What the person asked for on the command line or in the environment. `port` is undefined when they did not say. */
export function startOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        empty: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${START_USAGE}`);
  }
  const port = values.port ?? process.env.PORT;
  return {
    help: values.help,
    port: port === undefined || port === '' ? undefined : portOf(port),
    data: dataFolder(values.data),
    empty: values.empty,
    open: !values['no-open'],
  };
}

/** True when the person brings a Temporal server: an address or a profile of the SDK's envconfig. */
export const hasOwnTemporal = () =>
  Boolean(process.env.TEMPORAL_ADDRESS || process.env.TEMPORAL_PROFILE || process.env.TEMPORAL_CONFIG_FILE);

export const hasOwnDatabase = () => Boolean(process.env.DATABASE_URL);
