// A receiver of webhooks on the loopback of whatever namespace it runs in: prints its port, then a line for each request with when it came.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const at = performance.timeOrigin + performance.now();
    process.stdout.write(`${JSON.stringify({ at, body: Buffer.concat(parts).toString() })}\n`);
    response.end('ok');
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
