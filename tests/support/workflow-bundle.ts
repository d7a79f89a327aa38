import { access, rename, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/bundle.ts';

/** What a worker that is a process of its own is told of them. */
export async function workflowBundleEnv(): Promise<{ readonly BATON_WORKFLOW_BUNDLE?: string }> {
  const bundle = await aWorkflowBundle();
  return typeof bundle === 'object' && 'codePath' in bundle ? { BATON_WORKFLOW_BUNDLE: bundle.codePath } : {};
}

/** The workflows as the worker bundles them, made once per run and shared by its test files. */
export async function aWorkflowBundle(): Promise<WorkflowBundleOption> {
  const home = process.env['BATON_TEST_HOME'];
  if (home === undefined) return bundleWorkflows();
  const codePath = `${home}/workflow-bundle.js`;
  try {
    await access(codePath);
  } catch {
    const draft = `${codePath}.${randomUUID()}`;
    await writeFile(draft, (await bundleWorkflows()).code);
    await rename(draft, codePath);
  }
  return { codePath };
}
