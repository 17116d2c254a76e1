/**
 * Somebody who is told, as a program, so that it can stand in the namespace of a LAN: `KIND PORT FILE` keeps in the file what comes, and
 * says on stdout that it listens.
 */
import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mailServer } from '../make/mail-server.ts';

const HOST = '127.0.0.1';
/** The only key that this IFTTT knows; the page has it, too. */
const KEY = 'dGhlLWtleS1vZi1hZGE';

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The Webhooks of IFTTT: POST /trigger/EVENT/with/key/KEY, of which three values count. Kept are event and values, a line each. */
async function ifttt(port: number, file: string): Promise<void> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const [, event, key] = /^\/trigger\/(\w+)\/with\/key\/([\w-]+)$/.exec(request.url ?? '') ?? [];
    if (request.method !== 'POST' || event === undefined) return response.writeHead(404).end();
    if (key !== KEY) return response.writeHead(401).end('{"errors":[{"message":"You sent an invalid key."}]}');
    const { value1, value2, value3 } = JSON.parse(await textOf(request));
    appendFileSync(file, `${event} ${JSON.stringify({ value1, value2, value3 })}\n`);
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`Congratulations! You've fired the ${event} event`);
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.writeHead(400).end()));
  await new Promise<void>((resolve) => server.listen(port, HOST, resolve));
}

/** A mail server that keeps the mails one below the other. */
const smtp = (port: number, file: string): Promise<unknown> =>
  mailServer({
    port,
    onData(stream, _, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        appendFileSync(file, `${Buffer.concat(chunks).toString().replaceAll('\r\n', '\n')}\n`);
        done(null, 'taken');
      });
    },
  });

const [, , kind, port, file = ''] = process.argv;
await (kind === 'ifttt' ? ifttt : smtp)(Number(port), file);
console.log('listening');
