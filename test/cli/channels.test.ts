import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { ChannelTestJson } from '../../src/contract/index.ts';
import { channel, NTFY } from './alert-makers.ts';
import { emptyFolder, rollcall } from './fake-world.ts';

const CANARY = 'canary-of-the-test';

describe('channel', () => {
  test('all channels are listed with how they do', async () => {
    const channels = [
      channel(),
      channel({ name: 'mail', kind: 'email', trouble: 'it answered 503', what: null, waiting: 2, dead: 1, deliveredAt: null }),
    ];
    const { code, out, err } = await rollcall(['channel'], { answers: { 'channels.list': () => channels } });
    assert.equal(code, 0);
    assert.equal(
      out,
      `NAME   KIND   IS          WAITING  DEAD  DELIVERED LAST       TO
phone  ntfy   fine        0        0     2026-11-21 11:00:00  ntfy topic home
mail   email  in trouble  2        1     never                it answered 503
`,
    );
    assert.equal(err, '2 channels\n');
    const none = await rollcall(['channel'], { answers: { 'channels.list': () => [] } });
    assert.match(none.err, /nobody is told of anything yet; "rollcall channel kinds" lists the ways/);
  });

  test('one channel is shown whole but for its secrets', async () => {
    const shown = channel({
      options: { topic: 'home', token: '***', tags: ['a', 'b'] },
      quiet: ['22:00-06:00'],
      fallback: 'mail',
      usual: false,
    });
    const { out } = await rollcall(['channel', 'show', 'phone'], { answers: { 'channels.list': () => [shown] } });
    assert.equal(
      out,
      `phone  ntfy, made by people
  to            ntfy topic home
  topic         home
  token         ***
  tags          ["a","b"]
  usual rules   no, only rules that name it
  quiet hours   22:00-06:00
  ceiling       3 of one cause in ten minutes
  gives up      after 3d
  fallback      mail
  outbox        0 waiting, 0 dead
  delivered     last at 2026-11-21 11:00:00
`,
    );
    const missing = await rollcall(['channel', 'show', 'phnoe'], { answers: { 'channels.list': () => [shown] } });
    assert.deepEqual([missing.code, missing.err], [2, 'rollcall: finding channel "phnoe": there is none\n  remedy: did you mean phone?\n']);
  });

  test('kinds are listed, and one with all its options', async () => {
    const answers = { 'channels.kinds': () => [NTFY] };
    assert.equal((await rollcall(['channel', 'kinds'], { answers })).out, 'KIND  NEEDS  WHAT\nntfy  topic  a topic of ntfy\n');
    assert.equal(
      (await rollcall(['channel', 'kinds', 'ntfy'], { answers })).out,
      `ntfy  a topic of ntfy; messages are brought up to date
OPTION  IS      WRITE
topic   needed  write the name of the topic
token   secret  write the access token
`,
    );
    assert.deepEqual((await rollcall(['channel', 'kinds', 'ntfy', '--json'], { answers })).json(), NTFY);
    assert.match((await rollcall(['channel', 'kinds', 'smoke'], { answers })).err, /finding kind of channel "smoke": there is none/);
  });

  const add = async (options: readonly string[], given: Parameters<typeof rollcall>[1] = {}) =>
    rollcall(['channel', 'add', 'phone', 'ntfy', ...options], {
      answers: { 'channels.list': () => [], 'channels.put': () => channel() },
      ...given,
    });

  test('options are texts, several texts, tables, or JSON', async () => {
    const cases: [string[], object][] = [
      [['topic=home', 'title=a=b: c'], { topic: 'home', title: 'a=b: c' }],
      [['verify=false', 'retain=true', 'nothing='], { verify: false, retain: true }],
      [['priority:=5', 'extra:={"a":[1,null]}'], { priority: 5, extra: { a: [1, null] } }],
      [['to=a@example.org', 'to=b@example.org'], { to: ['a@example.org', 'b@example.org'] }],
      [['headers.X-Key=abc', 'headers.__proto__=x', 'headers.X-B=1'], { headers: { 'X-Key': 'abc', ['__proto__']: 'x', 'X-B': '1' } }],
      [['chat=@@home'], { chat: '@home' }],
    ];
    for (const [words, options] of cases) {
      const { code, calls, err } = await add(words);
      assert.equal(code, 0, err);
      assert.deepEqual(calls[1]?.input, { name: 'phone', kind: 'ntfy', options });
    }
  });

  test('S24: a secret comes from a file or from what is piped in, without its last line break', async () => {
    const data = emptyFolder();
    writeFileSync(join(data, 'token'), `${CANARY}\n`);
    const { code, calls, out, err } = await add(['token=@token', 'headers.X-Key=-'], { data, stdin: ['pip', 'ed\r\n'] });
    assert.equal(code, 0, err);
    assert.deepEqual(calls[1]?.input.options, { token: CANARY, headers: { 'X-Key': 'piped' } });
    assert.ok(!(out + err).includes(CANARY) && !(out + err).includes('piped'));
  });

  test('S24: no refusal says an option back', async () => {
    const data = emptyFolder();
    writeFileSync(join(data, 'large'), CANARY.repeat(10_000));
    writeFileSync(join(data, 'empty'), '\n');
    const refused: [string[], RegExp][] = [
      [[CANARY], /an option of a channel is not written as key=value/],
      [[`=${CANARY}`], /is not written as key=value/],
      [[`token:=${CANARY}`], /reading option token: what is behind := is no JSON/],
      [['token=@nowhere'], /reading option token from .*nowhere": there is no such file\n {2}remedy: .*token=@@/],
      [['token=@large'], /it has more than 65536 bytes/],
      [['token=@/dev/zero'], /it has more than 65536 bytes/],
      [['token=@empty'], /there is nothing in it/],
      [['token=@'], /it is a folder/],
      [['token=-'], /there is nothing in it/],
      [['token=-', 'user=-'], /two options cannot both be piped in/],
      [[`a=${CANARY}`, `a.b=${CANARY}`], /reading option a: it is both a text and a table/],
      [[`a.b=${CANARY}`, `a=${CANARY}`], /reading option a: it is both a text and a table/],
    ];
    for (const [words, message] of refused) {
      const { code, err, out, calls } = await add(words, { data, stdin: words.length > 1 ? ['x'] : [] });
      assert.deepEqual([code, calls], [2, []], words.join(' '));
      assert.match(err, message);
      assert.ok(!(out + err).includes('canary'), err);
    }
    const piped = await add(['token=-'], { stdin: [CANARY.repeat(10_000)] });
    assert.match(piped.err, /it has more than 65536 bytes/);
  });

  test('a file that may not be read is told as that', { skip: process.getuid?.() === 0 && 'root may read everything' }, async () => {
    const data = emptyFolder();
    writeFileSync(join(data, 'token'), CANARY);
    chmodSync(join(data, 'token'), 0);
    const { code, err } = await add(['token=@token'], { data });
    assert.equal(code, 2);
    assert.match(err, /permission denied/);
  });

  test('terms of a channel are options of the command; what is set leaves the rest', async () => {
    const set = async (...words: string[]) =>
      (await rollcall(['channel', 'set', 'phone', ...words], { answers: { 'channels.edit': () => channel() } })).calls[0]?.input;
    assert.deepEqual(await set('topic=work', 'tags='), { name: 'phone', options: { topic: 'work', tags: null } });
    assert.deepEqual(await set('--no-usual', '--ceiling', '0', '--ttl', '1d', '--fallback', 'none'), {
      name: 'phone',
      usual: false,
      ceiling: 0,
      ttl: '1d',
      fallback: null,
    });
    assert.deepEqual(await set('--quiet-hours', '22:00-06:00', '--quiet-hours', 'Sun 00:00-24:00'), {
      name: 'phone',
      quiet: ['22:00-06:00', 'Sun 00:00-24:00'],
    });
    assert.deepEqual(await set('--quiet-hours', ''), { name: 'phone', quiet: [] });
    assert.deepEqual(await set('--quiet-hours', 'usual'), { name: 'phone', quiet: null });
  });

  test('a channel is removed, and not replaced by a slip', async () => {
    const { what: _, trouble: __, waiting: ___, dead: ____, deliveredAt: _____, againAt: ______, ...setup } = channel();
    const removed = await rollcall(['channel', 'remove', 'phone'], { answers: { 'channels.drop': () => setup } });
    assert.deepEqual([removed.out, removed.calls], ['removed phone\n', [{ operation: 'channels.drop', input: { name: 'phone' } }]]);
    const again = await rollcall(['channel', 'add', 'phone', 'ntfy', 'topic=x'], { answers: { 'channels.list': () => [channel()] } });
    assert.deepEqual([again.code, again.calls.length], [2, 1]);
    assert.match(again.err, /adding channel phone: there is one of that name/);
  });

  test('what is not clear is refused before anybody is asked', async () => {
    const refused: [string[], RegExp][] = [
      [['channel', 'kidns'], /did you mean channel kinds\?/],
      [['channel', 'list', 'x'], /channel list "x" is not what it takes/],
      [['channel', 'add', 'phone'], /remedy: write add NAME KIND key=value/],
      [['channel', 'add', 'phone', 'topic=x'], /remedy: write add NAME KIND key=value/],
      [['channel', 'set', 'phone'], /nothing to set/],
      [['channel', 'set', 'phone', '--ceiling', 'many'], /reading --ceiling "many": it is not a count/],
      [['channel', 'test'], /remedy: write test NAME/],
      [['channel', 'test', 'phone', '--no-usual'], /"channel test" takes no options/],
      [['channel', 'kinds', 'a', 'b'], /channel kinds "a b" is not what it takes/],
    ];
    for (const [argv, message] of refused) {
      const { code, err, calls } = await rollcall(argv);
      assert.deepEqual([code, calls], [2, []], argv.join(' '));
      assert.match(err, message);
    }
  });
});

describe('channel test', () => {
  const asked = (answer: ChannelTestJson, ...words: string[]) =>
    rollcall(['channel', 'test', 'phone', ...words], { answers: { 'channels.test': () => answer } });
  const exchange = [
    { from: 'us' as const, text: 'POST /home HTTP/1.1\r\nAuthorization: Bearer ***' },
    { from: 'them' as const, text: 'HTTP/1.1 200 OK' },
  ];

  test('the exact exchange is shown, and what was delivered is exit code 0', async () => {
    const { code, out } = await asked({ delivery: { outcome: 'delivered', receipt: '200 OK' }, exchange });
    assert.equal(code, 0);
    assert.equal(out, '> POST /home HTTP/1.1\n> Authorization: Bearer ***\n< HTTP/1.1 200 OK\n\nphone: delivered, 200 OK\n');
  });

  test('why it was refused is told with the remedy, exit code 1', async () => {
    const refused = {
      outcome: 'refused',
      reason: 'it answered 429',
      remedy: 'wait',
      what: 'channel',
      again: true,
      after: '1m30s',
    } as const;
    const { code, out, err } = await asked({ delivery: refused, exchange: [] });
    assert.deepEqual([code, err], [1, '']);
    assert.equal(out, 'phone: not delivered, it answered 429\n  remedy: wait\n  the same may get through later, not before 1m30s\n');
    assert.equal((await asked({ delivery: refused, exchange }, '--json')).json().delivery.after, '1m30s');
  });
});
