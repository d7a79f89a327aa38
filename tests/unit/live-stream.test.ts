import { createServer } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import express from 'express';
import { openLiveStream } from '#api/http/live-stream.ts';

it('is over, and what was begun for it is told so, where its reader left before it was opened', async () => {
  const app = express();
  const told = new Promise<string>((closed) => {
    app.get('/', async (_request, response) => {
      reader.destroy();
      await once(response, 'close');
      let begun = '';
      const stream = openLiveStream(response, { mostUnsentBytes: 1_000, onClosed: () => closed(begun) });
      begun = stream.isOver ? 'begun, and over' : 'begun';
      stream.write('hello');
    });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const reader = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  reader.write('GET / HTTP/1.1\r\nHost: desk\r\n\r\n');
  expect(await told).toBe('begun, and over');
  server.close();
});

it('survives readers who take nothing: what is written after the end of their stream is dropped, and they are cut off', async () => {
  const app = express();
  const over = new Promise<boolean>((closed) => {
    app.get('/', (_request, response) => {
      const stream = openLiveStream(response, { mostUnsentBytes: 100_000_000, onClosed: () => closed(stream.isOver) });
      // More than sockets hold, so that the end waits for a reader who never comes.
      stream.write('x'.repeat(30_000_000));
      stream.end();
      stream.write('a heartbeat');
      setImmediate(() => stream.write('another'));
    });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const reader = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1').pause();
  reader.write('GET / HTTP/1.1\r\nHost: desk\r\n\r\n');
  expect(await over).toBe(true);
  reader.destroy();
  server.close();
}, 30_000);
