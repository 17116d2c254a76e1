/**
 * Somebody whom a home triggers by HTTP, as a program, so that it can stand in the namespace of a LAN: `PORT FILE` keeps a line of JSON in
 * the file for each request, and says on stdout that it listens.
 */
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , port, file = ''] = process.argv;
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    appendFileSync(file, `${JSON.stringify({ path: request.url, body: JSON.parse(Buffer.concat(parts).toString()) })}\n`);
    response.writeHead(200).end();
  });
});
server.listen(Number(port), '127.0.0.1', () => console.log('listening'));
