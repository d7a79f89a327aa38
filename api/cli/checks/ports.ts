import { connect } from 'node:net';
import type { Check, Finding } from './finding.ts';
import { PATIENCE_MS, wordsOf } from './finding.ts';

/** Asks the api and the SMTP listener on their ports; an instance that is stopped is no failure. */
export const checkPorts: Check = async ({ host, port, smtpInHost, smtpInPort }) => {
  const api = await askApi(reachable(host), port);
  const smtp = await askSmtp(reachable(smtpInHost), smtpInPort);
  const isHalf = api.state === 'fine' && smtp.state === 'off';
  return [api, isHalf ? { ...smtp, state: 'bad', advice: 'the api runs without its SMTP listener: look at its log' } : smtp];
};

async function askApi(host: string, port: number): Promise<Finding> {
  const what = 'API';
  const where = `http://${host}:${port}`;
  try {
    const answer = await fetch(`${where}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.body?.cancel();
    if (answer.ok) return { what, state: 'fine', found: `${where} answers and is ready` };
    if (answer.status === 503) return { what, state: 'bad', found: `${where} answers and is not ready`, advice: 'see what is wrong below' };
    return { what, state: 'bad', found: `${where} answers ${answer.status} to /readyz`, advice: 'another program has this port: choose another by PORT' };
  } catch (error) {
    if (isNobodyThere(error)) return { what, state: 'off', found: `nothing runs at ${where}`, advice: 'npm start' };
    return { what, state: 'bad', found: `${where}: ${wordsOf(error)}`, advice: 'another program has this port, or the api hangs: look at its log' };
  }
}

async function askSmtp(host: string, port: number): Promise<Finding> {
  const what = 'SMTP in';
  const where = `${host}:${port}`;
  try {
    const greeting = await greetingOf(host, port);
    if (greeting.startsWith('220')) return { what, state: 'fine', found: `${where} greets` };
    return { what, state: 'bad', found: `${where} says: ${greeting.slice(0, 100)}`, advice: 'another program has this port: choose another by SMTP_IN_PORT' };
  } catch (error) {
    if (isNobodyThere(error)) return { what, state: 'off', found: `nothing listens at ${where}`, advice: 'npm start' };
    return { what, state: 'bad', found: `${where}: ${wordsOf(error)}`, advice: 'another program has this port: choose another by SMTP_IN_PORT' };
  }
}

function greetingOf(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no greeting')));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed without a greeting')));
    socket.once('data', (data) => {
      resolve(data.toString('utf8').trim());
      socket.end('QUIT\r\n');
    });
  });
}

// "Everywhere" is an address to listen on, not one to call.
function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

function isNobodyThere(error: unknown): boolean {
  return wordsOf(error).includes('ECONNREFUSED');
}
