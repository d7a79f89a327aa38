// A bare HTTP server over PostgreSQL: each POST is one INSERT and one SELECT. What recording a message costs at the least.
import { createServer } from 'node:http';
import { createPool } from '#prisma/client.ts';

const pool = createPool({ url: process.argv[2] ?? '', max: 10 });
await pool.query('CREATE TABLE IF NOT EXISTS bare_rows (id bigserial PRIMARY KEY, body jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now())');

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = async () => {
      const { rows } = await pool.query<{ id: string }>('INSERT INTO bare_rows (body) VALUES ($1) RETURNING id', [Buffer.concat(chunks).toString()]);
      const read = await pool.query('SELECT id, body, at FROM bare_rows WHERE id = $1', [rows[0]?.id]);
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(read.rows[0]));
    };
    answer().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
