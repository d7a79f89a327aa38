// npm run bench -- NAME: runs one program of bench/, each printing its figures beside a bare baseline of the same run.
import { spawnSync } from 'node:child_process';
import { inRoot, ROOT } from './launcher/root.mjs';
import { say } from './launcher/say.mjs';

const PROGRAMS = ['reply', 'inbox', 'snooze', 'memory', 'router', 'assignment', 'sla', 'clock', 'widget', 'takeover', 'agent', 'webhooks'];
const [name, ...args] = process.argv.slice(2);
if (!PROGRAMS.includes(name)) {
  say(`npm run bench -- ${PROGRAMS.join(' | ')}`);
  process.exit(2);
}
const { status } = spawnSync(process.execPath, ['--import', 'tsx', inRoot(`bench/${name}.ts`), ...args], { cwd: ROOT, stdio: 'inherit' });
process.exit(status ?? 1);
