import pg from 'pg';
import { Connection } from '@temporalio/client';
import { aDatabase, aTaskQueue, temporalAddress } from './stack.ts';
import { waitFor } from './wait-for.ts';

describe('the servers under the tests', () => {
  it('gives every test file a database that nobody else writes to', async () => {
    const [mine, yours] = await Promise.all([aDatabase(), aDatabase()]);
    const client = new pg.Client({ connectionString: mine.url });
    await client.connect();
    await client.query('CREATE TABLE only_mine (id int)');
    await client.end();
    const other = new pg.Client({ connectionString: yours.url });
    await other.connect();
    const found = await other.query(`SELECT to_regclass('only_mine') AS name`);
    await other.end();
    expect(found.rows).toEqual([{ name: null }]);
    await Promise.all([mine.drop(), yours.drop()]);
  });

  it('has a Temporal server that answers for its namespace', async () => {
    const connection = await Connection.connect({ address: temporalAddress() });
    const answer = await connection.workflowService.describeNamespace({ namespace: 'default' });
    await connection.close();
    expect(answer.namespaceInfo?.name).toBe('default');
    expect(aTaskQueue()).not.toBe(aTaskQueue());
  });

  it('says what was waited for in vain', async () => {
    await expect(waitFor(() => false, 'the cows to come home', { withinMs: 50 })).rejects.toThrow(
      'the cows to come home',
    );
  });
});
