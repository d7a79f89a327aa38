import { once } from 'node:events';
import { connect } from 'node:net';

/** Begins to send a file of 5,000 bytes and goes away in the middle of it, as a phone in a tunnel does. */
export async function breakOffUpload(url: string, address: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const lines = [`POST ${address} HTTP/1.1`, `Host: ${host}`, 'Content-Type: application/pdf', 'Content-Length: 5000', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${'x'.repeat(1_000)}`);
  // What was sent has begun to arrive before the line is cut.
  await new Promise((resolve) => setTimeout(resolve, 300));
  socket.resetAndDestroy();
}
