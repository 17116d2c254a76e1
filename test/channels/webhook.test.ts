import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { byHttp, headerNames, jsonTexts } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { httpSink } from './sinks/http-sink.ts';
import { message, NEVER, opened, worldOf } from './sinks/opened.ts';

const CANARIES = ['canary-of-the-path', 'canary-that-signs-all', 'canary-in-a-header'] as const;

channelContract(
  byHttp({
    kind: 'webhook',
    canaries: CANARIES,
    options: (url) => ({ url: `${url}/hook/${CANARIES[0]}?a=b`, secret: CANARIES[1], headers: { Authorization: `Bearer ${CANARIES[2]}` } }),
    taken: { status: 200, body: '{"ok":true}' },
    read(request) {
      const told = jsonTexts(JSON.parse(request.body));
      const paths = told.map(({ path }) => path).filter((path) => !/\.before\.|\.deep\./.test(path));
      return { id: request.headers['idempotency-key']!, texts: told.map(({ text }) => text), shape: [...headerNames(request), ...paths] };
    },
    broken: [
      [{ url: undefined }, 'url'],
      [{ url: 'ftp://example.org' }, 'url'],
      [{ url: 'http://127.0.0.1:1/' }, 'url'],
      [{ url: 7 }, 'url'],
      [{ method: 'GET' }, 'method'],
      [{ secret: 'short' }, 'secret'],
      [{ secret_file: '/etc/hostname' }, 'secret_file'],
      [{ headers: { 'x-evil': 'a\r\nb' } }, 'headers'],
      [{ headers: { Host: 'x' } }, 'headers'],
      [{ ca: 'relative.pem' }, 'ca'],
    ],
  }),
);

test('a webhook is signed over timestamp, id and body', async () => {
  const sink = await httpSink();
  const secret = 'canary-canary-canary';
  const channel = await opened('webhook', { url: `${sink.url}/hook?a=b`, secret }, worldOf([sink.reach]));
  const delivery = await channel.send(message(), NEVER);
  assert.deepEqual(delivery, { outcome: 'delivered', receipt: '200 OK: {}', handle: 'home-12-opened-ops' });
  const [request, ...more] = sink.requests;
  assert.deepEqual([more.length, request?.method, request?.path], [0, 'POST', '/hook?a=b']);
  const { headers, body } = request!;
  const signed = `${headers['x-rollcall-timestamp']}.${headers['x-rollcall-id']}.${body}`;
  assert.equal(headers['x-rollcall-signature'], `sha256=${createHmac('sha256', secret).update(signed).digest('hex')}`);
  assert.equal(JSON.parse(body).lines[0].device.name, 'nas.lan');
  await sink.stop();
});
