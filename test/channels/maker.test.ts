import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { z } from 'zod';
import { createChannelMaker } from '../../src/channels/index.ts';
import { channelKind } from '../../src/channels/kind.ts';
import { text, whole } from '../../src/channels/options.ts';
import type { Channel, Message } from '../../src/core/index.ts';
import { httpSink } from './sinks/http-sink.ts';
import { message, NEVER, refused, worldOf } from './sinks/opened.ts';

const CANARY = 'canary-of-a-careless-kind';

/** A kind that keeps none of the promises by itself. */
const careless = (send: Channel['send']) =>
  channelKind({
    kind: 'careless',
    what: 'promises nothing',
    edits: false,
    schema: z.strictObject({ token: text('write the token'), count: whole('write how many', { least: 1, most: 3 }).default(2) }),
    secrets: ['token'],
    create: ({ token }) => ({ name: `careless with ${token}`, send }),
  });

const open = (send: Channel['send']): Promise<Channel> =>
  createChannelMaker(worldOf([], { kinds: [careless(send)] })).open('careless', { token: CANARY });

test('S24: what a kind gives away is taken back', async () => {
  const channel = await open(async (_, __, overhear) => {
    overhear?.({ from: 'us', text: `token=${CANARY}\u001b[2J` });
    return {
      outcome: 'refused',
      reason: `no: ${CANARY}`,
      remedy: `write another than ${CANARY}`,
      what: 'channel',
      again: true,
      after: null,
    };
  });
  const lines: string[] = [];
  const delivery = await channel.send(message(), NEVER, (line) => lines.push(line.text));
  assert.equal(channel.name, 'careless with ***');
  assert.deepEqual(lines, ['token=***[2J']);
  assert.doesNotMatch(JSON.stringify(delivery), /canary/);
  const fine = await open(async () => ({ outcome: 'delivered', receipt: `took ${CANARY}\r\n`, handle: 'h' }));
  assert.deepEqual(await fine.send(message(), NEVER), { outcome: 'delivered', receipt: 'took ***', handle: 'h' });
});

test('a kind that throws has refused, and one that does not end is left alone', async () => {
  const throws = await open(() => {
    throw new TypeError(`cannot read ${CANARY}`);
  });
  const { what, again, reason } = refused(await throws.send(message(), NEVER));
  assert.deepEqual([what, again], ['channel', true]);
  assert.match(reason, /^telling careless with \*\*\*: TypeError: cannot read \*\*\*$/);
  const rejects = await open(() => Promise.reject(new Error('x')));
  assert.equal(refused(await rejects.send(message(), NEVER)).again, true);
  const deaf = await open(() => new Promise(() => {}));
  assert.match(refused(await deaf.send(message(), AbortSignal.abort())).reason, /the sending was stopped/);
});

test('S5, S6: a kind is handed clean words and plain ids, however deep they lie', async () => {
  const got: Message[] = [];
  const channel = await open(async (clean) => {
    got.push(clean);
    return { outcome: 'delivered', receipt: '' };
  });
  const nasty = 'a\u202eb\u0000c\r\nd\u200be';
  const { alert: usual, ...rest } = message({ id: `id ${nasty}/..`, subject: `${nasty}\n\n  x`, text: `${nasty}\tz` });
  const [line] = usual!.lines;
  const before = { [nasty]: [nasty, { deep: nasty }], a: { b: { c: { d: { e: { f: { g: 'too deep' } } } } } } };
  await channel.send(
    {
      ...rest,
      alert: { ...usual!, thread: nasty, replaces: nasty, lines: [{ ...line!, text: nasty, place: nasty, before, after: null }] },
    },
    NEVER,
  );
  const [{ id, subject, text: body, alert }] = got as [Message];
  assert.deepEqual(
    [id, subject, body],
    ['id-a-b-c--d-e-..', 'abcde x', 'abc\nde\tz'].map((one, i) => (i === 1 ? 'abc de x' : one)),
  );
  assert.deepEqual([alert?.thread, alert?.replaces], ['a-b-c--d-e', 'abcde']);
  assert.deepEqual(alert?.lines[0]?.before, { abcde: ['abcde', { deep: 'abcde' }], a: { b: { c: { d: { e: { f: null } } } } } });
  assert.deepEqual([alert?.lines[0]?.text, alert?.lines[0]?.place], ['abcde', 'abcde']);
});

test('a kind that nobody knows, and options that nobody knows, are told with the nearest that there is', async () => {
  const maker = createChannelMaker(worldOf());
  assert.deepEqual(maker.check('webhok', {}), [
    { key: null, reason: 'there is no kind of channel "webhok"', remedy: 'did you mean "webhook"?' },
  ]);
  await assert.rejects(maker.open('nothing at all', {}), { code: 'bad-input', message: /there is no kind of channel "nothing at all"/ });
  const own = createChannelMaker(worldOf([], { kinds: [careless(() => new Promise(() => {}))] }));
  const faults = own.check('careless', { tokn: 'x', count: 9, token_file: 'relative' });
  assert.deepEqual(
    faults.map(({ key, remedy }) => [key, remedy]),
    [
      ['token_file', 'name the file from the root, like /etc/rollcall/secret'],
      ['count', 'write how many'],
      ['tokn', 'did you mean "token"?'],
    ],
  );
  assert.deepEqual(own.kinds[0]?.options, [
    { key: 'token', what: 'write the token', needed: true },
    { key: 'token_file', what: 'file that holds the token, in place of it', needed: false },
    { key: 'count', what: 'write how many', needed: false },
  ]);
  for (const key of ['__proto__', 'constructor', 'toString'])
    assert.equal(own.check('careless', JSON.parse(`{"token": "x", "${key}": "y"}`)).length, 1, key);
});

test('no proxy of the environment comes in between', async () => {
  const sink = await httpSink();
  const script = `
    import { createChannelMaker, createGuard } from './src/channels/index.ts';
    const guard = createGuard({ reach: ['${sink.reach}'], ownPorts: () => [] });
    const channel = await createChannelMaker({ guard, now: Date.now, host: 'x' }).open('webhook', { url: '${sink.url}' });
    const message = { id: 'a', at: 0, subject: 's', text: 't', html: null, attachments: [] };
    console.log(JSON.stringify(await channel.send(message, new AbortController().signal)));`;
  const proxy = 'http://127.0.0.1:1';
  const env = {
    PATH: process.env['PATH'],
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: proxy,
    http_proxy: proxy,
    HTTPS_PROXY: proxy,
    ALL_PROXY: proxy,
  };
  const { stdout, stderr } = await ran(script, env);
  assert.equal(JSON.parse(stdout || '{}').outcome, 'delivered', `${stdout}${stderr}`);
  assert.equal(sink.requests.length, 1);
  await sink.stop();
});

/** The sink answers while the child runs, so this may not block. */
function ran(script: string, env: NodeJS.ProcessEnv): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module-typescript', '-e', script], { env, timeout: 20_000 }, (_, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}
