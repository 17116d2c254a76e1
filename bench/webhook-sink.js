// A receiver of webhooks on the loopback of whatever namespace it runs in: prints its port, then a line for each request with when it came.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const at = performance.timeOrigin + performance.now();
    process.stdout.write(`${JSON.stringify({ at, id: request.headers['x-rollcall-id'], body: Buffer.concat(parts).toString() })}\n`);
    response.end('ok');
  });
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
