import { startChores } from '#api/chores.ts';
import { anApi, type TestApi } from '#tests/support/api.ts';
import { aTeam } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { sweeperWorkflowId } from '#workflows/contract/workflow-ids.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
}, 60_000);
afterAll(() => api.close());

describe('an api that runs', () => {
  it('has every team looked after soon after it is made, whoever made it and died', async () => {
    const chores = startChores(api.deps);
    try {
      const isSwept = (id: string) => waitFor(async () => (await api.deps.client.workflow.getHandle(sweeperWorkflowId(id)).describe()).status.name === 'RUNNING', 'its sweeper runs');
      await isSwept((await aTeam(api.deps)).team.id);
      await isSwept((await aTeam(api.deps)).team.id);
    } finally {
      await chores.stop();
    }
  }, 60_000);
});
