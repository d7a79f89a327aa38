import { join } from 'node:path';
import { bundleWorkflowCode, type BundleOptions, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { PROJECT_ROOT } from '#prisma/project-root.ts';

/** Bundles the workflows ahead of time; it fails when they reach for anything that is not deterministic. */
export function bundleWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  const workflowsPath = join(PROJECT_ROOT, 'workflows', 'index.ts');
  return bundleWorkflowCode({
    workflowsPath,
    preloadModules: [workflowsPath],
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: inNativeSyntax,
  });
}

type Configuration = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

/**
 * The SDK compiles for ES2017, where the spread of an object is a function that copies it property by property; `decide`
 * spreads at every step, and Node 20 speaks ES2022 by itself. A configuration of another shape is left as it is.
 */
function inNativeSyntax(config: Configuration): Configuration {
  for (const rule of config.module?.rules ?? []) {
    const use = typeof rule === 'object' && rule !== null ? rule.use : undefined;
    const options = typeof use === 'object' && use !== null && 'options' in use ? use.options : undefined;
    const jsc: unknown = typeof options === 'object' ? options['jsc'] : undefined;
    if (typeof jsc === 'object' && jsc !== null) Object.assign(jsc, { target: 'es2022' });
  }
  return config;
}
