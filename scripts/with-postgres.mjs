// Runs a command with DATABASE_URL set to a real PostgreSQL that lives as long as the command.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from './launcher/ports.mjs';
import { ensureDatabase, postgresUrl, startPostgres } from './launcher/postgres.mjs';
import { runMain } from './launcher/say.mjs';

runMain(async () => {
  const [command, ...args] = process.argv.slice(2);
  const home = mkdtempSync(join(tmpdir(), 'baton-postgres-'));
  const folder = join(home, 'postgres');
  const port = await anyFreePort();
  let postgres;
  try {
    postgres = await startPostgres({ folder, port, logFile: join(home, 'postgres.log'), settings: { fsync: 'off' } });
    await ensureDatabase({ folder, port, database: 'baton' });
    const env = { ...process.env, DATABASE_URL: postgresUrl({ folder, port, database: 'baton' }) };
    return await new Promise((done) => {
      const child = spawn(command, args, { stdio: 'inherit', env });
      for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
      child.once('error', () => done(127));
      child.once('exit', (code) => done(code ?? 1));
    });
  } finally {
    await postgres?.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
