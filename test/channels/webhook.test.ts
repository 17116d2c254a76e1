import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createChannelMaker } from '../../src/channels/index.ts';
import type { JsonObject, Message } from '../../src/core/index.ts';
import { byHttp, headerNames, jsonTexts } from '../contracts/channel/by-http.ts';
import { calledSo, HOSTILE } from '../contracts/channel/hostile.ts';
import { channelContract } from '../contracts/channel.ts';
import { httpSink, type Recorded } from './sinks/http-sink.ts';
import { alert, line, message, NEVER, opened, refused, worldOf } from './sinks/opened.ts';

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
      [{ headers: { Authorization: 'Bearer schlüssel' } }, 'headers'],
      [{ headers: { Host: 'x' } }, 'headers'],
      [{ headers: { 'X-Rollcall-Signature': 'x' } }, 'headers'],
      [{ format: 'xml' }, 'format'],
      [{ format: 'template' }, 'template'],
      [{ template: '{{title}}' }, 'template'],
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

test('the page of a webhook keeps its shape', async () => {
  const sink = await httpSink();
  const channel = await opened('webhook', { url: sink.url, method: 'PUT' }, worldOf([sink.reach]));
  await channel.send(message({ alert: alert({ kind: 'edit', replaces: 'home-12-opened-ops', more: 3 }) }), NEVER);
  const [request] = sink.requests;
  assert.equal(request?.method, 'PUT');
  assert.deepEqual(JSON.parse(request.body), {
    version: 1,
    id: 'home-12-opened-ops',
    at: '2026-11-28T01:00:01.000Z',
    title: 'nas.lan left',
    text: 'nas.lan left, last seen 00:58\n',
    site: 'home',
    kind: 'edit',
    urgency: 'high',
    rule: 'important-left',
    incident: { id: 12, state: 'open', opened_at: '2026-11-28T01:00:00.000Z' },
    thread: 'home-12-ops',
    replaces: 'home-12-opened-ops',
    lines: [
      {
        seq: 41,
        at: '2026-11-28T01:00:00.000Z',
        kind: 'device.left',
        text: 'nas.lan left, last seen 00:58',
        place: null,
        device: {
          id: 7,
          name: 'nas.lan',
          address: '10.0.0.7',
          mac: '52:54:00:12:34:56',
          vendor: 'QEMU',
          type: 'server',
          owner: 'anna',
          presence: 'away',
          groups: ['family'],
          tags: ['storage'],
          ports: [{ protocol: 'tcp', port: 22 }],
        },
        before: { presence: 'present' },
        after: { presence: 'away' },
      },
    ],
    more: 3,
  });
  await sink.stop();
});

test('a template beside another format is one fault, whatever stands in it', () => {
  const faults = createChannelMaker(worldOf()).check('webhook', { url: 'https://example.org/x', template: '{{nothing}' });
  assert.deepEqual(
    faults.map(({ key, reason }) => `${key}: ${reason}`),
    ['template: it stands beside format = "json"'],
  );
});

test('S24: a short text out of a file of headers is told nowhere, and its receiver is told of by name', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-headers-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'headers');
  writeFileSync(file, 'X-Key: q7z\nX-Pin: 12\n', { mode: 0o600 });
  const sink = await httpSink();
  t.after(sink.stop);
  sink.answerWith({ status: 403, body: 'the key q7z is wrong, {"pin":"12"}' });
  const channel = await opened('webhook', { url: `${sink.url}/in`, headers_file: file }, worldOf([sink.reach]));
  const lines: string[] = [];
  const { reason } = refused(await channel.send(message(), NEVER, ({ text }) => lines.push(text)));
  assert.equal(reason, `${sink.url} answered 403 Forbidden: the key *** is wrong, {"pin":"***"}`);
  assert.deepEqual([sink.requests[0]?.headers['x-key'], sink.requests[0]?.headers['x-pin']], ['q7z', '12']);
  assert.match(lines[0] ?? '', /^POST \/\*\*\* HTTP\/1\.1\n[^]*X-Key: \*\*\*\nX-Pin: \*\*\*\n/);
});

test('S1.4: IFTTT Maker gets maker, address and MAC of a device, as the old monitor sent them', async () => {
  const sink = await httpSink();
  sink.answerWith({ status: 200, body: "Congratulations! You've fired the network_event event" });
  const url = `${sink.url}/trigger/network_event/with/key/canary-key`;
  const channel = await opened('webhook', { url, format: 'ifttt' }, worldOf([sink.reach]));
  const delivery = await channel.send(message(), NEVER);
  assert.deepEqual(
    delivery,
    { outcome: 'delivered', receipt: "200 OK: Congratulations! You've fired the *** event" },
    'what comes after the host is secret',
  );
  await channel.send(
    message({ subject: 'lan is silent', text: 'all of it\n', alert: alert({ lines: [line({ device: null, place: 'lan' })] }) }),
    NEVER,
  );
  assert.deepEqual(
    sink.requests.map(({ body }) => JSON.parse(body)),
    [
      { value1: 'QEMU', value2: '10.0.0.7', value3: '52:54:00:12:34:56' },
      { value1: 'lan is silent', value2: 'all of it', value3: 'lan' },
    ],
  );
  assert.equal(sink.requests[0]?.headers['content-type'], 'application/json');
  await sink.stop();
});

test('a template makes JSON, a form or text, whatever a device is called', async () => {
  const sink = await httpSink();
  const world = worldOf([sink.reach]);
  const send = async (options: JsonObject, sent: Message) => {
    const channel = await opened('webhook', { url: sink.url, format: 'template', ...options }, world);
    assert.equal((await channel.send(sent, NEVER)).outcome, 'delivered');
    return sink.requests.at(-1) as Recorded;
  };
  for (const attack of HOSTILE) {
    const shown = attack.slice(0, 60);
    const json = await send({ template: '{"t": "<{{ title }}>", "n": {{count}}, "deep": {"x": ["{{device.name}}"]}}' }, calledSo(attack));
    const read = JSON.parse(json.body);
    assert.deepEqual([Object.keys(read), read.n, Object.keys(read.deep), read.deep.x.length], [['t', 'n', 'deep'], 2, ['x'], 1], shown);
    const form = await send({ template: 'title={{title}}&to=ops', content_type: 'application/x-www-form-urlencoded' }, calledSo(attack));
    assert.deepEqual([...new URLSearchParams(form.body).keys()], ['title', 'to'], shown);
    const plain = await send({ template: '{{urgency}}: {{title}}', content_type: 'text/plain' }, calledSo(attack));
    assert.match(plain.body, /^high: [^\n]+$/, shown);
  }
  await sink.stop();
});

test('headers may stand in a file, as lines', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-headers-'));
  writeFileSync(join(folder, 'headers'), 'Authorization: Bearer canary-of-a-file\nX-Site:  home:1\n');
  const sink = await httpSink();
  const channel = await opened('webhook', { url: sink.url, headers_file: join(folder, 'headers') }, worldOf([sink.reach]));
  sink.answerWith((request) => ({ status: 400, body: `who is ${request.headers['authorization']?.slice('Bearer '.length)}?` }));
  assert.match(refused(await channel.send(message(), NEVER)).reason, /who is \*\*\*\?$/);
  const { headers } = sink.requests[0]!;
  assert.deepEqual([headers['authorization'], headers['x-site']], ['Bearer canary-of-a-file', 'home:1']);
  await sink.stop();
  rmSync(folder, { recursive: true });
});
