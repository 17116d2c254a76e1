import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { httpSink } from './sinks/http-sink.ts';
import { message, NEVER, opened, worldOf } from './sinks/opened.ts';

test('a webhook gets the whole alert once, with its id, and a signature over timestamp, id and body', async () => {
  const sink = await httpSink();
  const secret = 'canary-canary-canary';
  const channel = await opened('webhook', { url: `${sink.url}/hook?a=b`, secret }, worldOf([sink.reach]));
  const delivery = await channel.send(message(), NEVER);
  assert.deepEqual(delivery, { outcome: 'delivered', receipt: '200 OK: {}', handle: 'home-12-opened-ops' });
  const [request, ...more] = sink.requests;
  assert.deepEqual([more.length, request?.method, request?.path], [0, 'POST', '/hook?a=b']);
  const { headers, body } = request!;
  assert.equal(headers['idempotency-key'], 'home-12-opened-ops');
  const signed = `${headers['x-rollcall-timestamp']}.${headers['x-rollcall-id']}.${body}`;
  assert.equal(headers['x-rollcall-signature'], `sha256=${createHmac('sha256', secret).update(signed).digest('hex')}`);
  assert.equal(JSON.parse(body).lines[0].device.name, 'nas.lan');
  await sink.stop();
});
