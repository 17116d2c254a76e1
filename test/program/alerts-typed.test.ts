// Shares the machine: it measures nothing, and waits for programs to start.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { newProgram, type Program, until } from './program.ts';

interface Heard {
  readonly title: string;
  readonly kind: string;
  readonly rule: string | null;
  readonly lines: readonly { readonly seq: number; readonly kind: string }[];
}

/** A receiver of webhooks that can be told to refuse. */
interface Sink {
  readonly port: number;
  readonly heard: Heard[];
  readonly server: Server;
  status: number;
}

async function receiver(): Promise<Sink> {
  const sink: Omit<Sink, 'port' | 'server'> = { heard: [], status: 200 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (sink.status === 200) sink.heard.push(JSON.parse(Buffer.concat(parts).toString()) as Heard);
      response.writeHead(sink.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(sink, { port: (server.address() as { port: number }).port, server });
}

/** nmap's text about these hosts of 10.9.0.0/24. */
const report = (...hosts: readonly number[]): string =>
  [
    'Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:14 UTC',
    ...hosts.map((host) => `Nmap scan report for 10.9.0.${host}\nHost is up (0.001s latency).`),
    `Nmap done: 256 IP addresses (${hosts.length} hosts up) scanned in 2.05 seconds\n`,
  ].join('\n');

describe('alerts, typed', () => {
  let [program, sink]: [Program?, Sink?] = [];
  before(async () => {
    sink = await receiver();
    const quiet = '[listen]\nenabled = false\n[self]\nwatch = false\n';
    program = await newProgram({ config: `${quiet}[alerts]\nreach = ["127.0.0.1:${sink.port}"]\n` });
    await program.daemon();
  });
  after(async () => {
    sink?.server.closeAllConnections();
    sink?.server.close();
    await program?.end();
  });

  const saw = async (...hosts: readonly number[]): Promise<void> => {
    const { code, stderr } = await (program as Program).feed(report(...hosts), 'ingest');
    assert.equal(code, 0, stderr);
  };
  const heard = (count: number) => until(`${count} messages`, async () => (sink as Sink).heard.length >= count);

  test('from a channel to an incident that is noted: each step by its command', async () => {
    assert.ok(program && sink);
    const { run, json } = program;
    await json('channel', 'add', 'hook', 'webhook', `url=http://127.0.0.1:${sink.port}/hook`, '--no-usual', '--ceiling', '0');
    await json('rule', 'add', 'strangers', '--on', 'device.*', '--where', '-tag:ok', '--to', 'hook', '--remind', '1h', '--urgency', 'high');
    await saw(1, 2);
    await heard(1);
    assert.deepEqual(
      sink.heard[0]?.lines.map(({ kind }) => kind),
      ['device.appeared', 'device.appeared'],
    );
    const [incident] = await json('incidents');
    assert.deepEqual([incident.rule, incident.urgency, incident.count, incident.acknowledged], ['strangers', 'high', 2, null]);
    assert.match((await run('why', '1')).stdout, /rule strangers tells it: .*\n.*notification \d+ \(opened\) to hook was delivered/);
    const why = await json('why', '1');
    assert.deepEqual(
      why.verdict.rules.map(({ rule, verdict, reason }: Record<string, unknown>) => [rule, verdict, reason]).toSorted(),
      [
        ['new-device', 'tell', 'first'],
        ['strangers', 'tell', 'first'],
      ],
      'the usual rule tells an incident of which no channel hears',
    );
    const [noted] = await json('ack', String(incident.id));
    assert.notEqual(noted.acknowledged, null);
    assert.equal((await json('incidents', String(incident.id))).incident.remindAt, null, 'nobody is reminded of what is noted');
    assert.equal(noted.closedBy, 'acknowledged', 'a newcomer that is noted is done with');
    assert.match((await run('incidents', '--all')).stdout, /^\d+ .* over .* strangers /m);
  });

  test('a rule is played over what happened before it is kept, and what it would have sent is exit code 1', async () => {
    assert.ok(program && sink);
    const { run } = program;
    const before = sink.heard.length;
    const would = await run('rule', 'test', '--on', 'device.appeared', '--to', 'hook', '--since', '1d', '--json');
    assert.equal(would.code, 1, would.stderr);
    const { asked, sent, verdicts } = JSON.parse(would.stdout);
    assert.deepEqual([asked, sent.length, sent[0].lines.length], [2, 1, 2]);
    assert.deepEqual(
      verdicts.map(({ reason, count }: Record<string, unknown>) => [reason, count]),
      [
        ['first', 1],
        ['joined', 1],
      ],
    );
    const none = await run('rule', 'test', '--on', 'device.appeared', '--where', 'tag:ok', '--since', '1d');
    assert.deepEqual([none.code, none.stdout.split('\n')[0]?.slice(0, 31)], [0, '0 notifications from 2 changes,']);
    assert.equal(sink.heard.length, before, 'a test sends nothing');
    assert.deepEqual((await run('rule', '--json')).stdout.includes('"test"'), false, 'and keeps nothing');
  });

  test('what is muted is not told, and says so; then it is told again', async () => {
    assert.ok(program && sink);
    const { run, json } = program;
    const before = sink.heard.length;
    const muted = await json('mute', '--rule', 'strangers', '--for', '1h', '--why', 'setting up the lab');
    await saw(1, 2, 3);
    await until('the verdict', async () => (await json('why', '3')).verdict !== null);
    assert.match((await run('why', '3')).stdout, /rule strangers keeps quiet: muted until .*setting up the lab/);
    await json('unmute', String(muted.id));
    assert.deepEqual(await json('mutes'), []);
    await saw(1, 2, 3, 4);
    await heard(before + 1);
    assert.deepEqual(
      sink.heard[before]?.lines.map(({ seq }) => seq),
      [4],
      'the third was never told',
    );
  });

  test('what a receiver refuses for good is dead, is seen, and is sent anew', async () => {
    assert.ok(program && sink);
    const { run, json } = program;
    const before = sink.heard.length;
    sink.status = 413;
    await saw(1, 2, 3, 4, 5);
    await until('a dead letter', async () => (await json('outbox', '--dead')).length === 1);
    const [dead] = await json('outbox', '--dead');
    assert.equal(dead.channel, 'hook');
    assert.match(dead.because, /413/);
    assert.match((await run('status')).stdout, /1 dead \(see "rollcall outbox --dead"\)/);
    const channels = await json('channel');
    assert.equal(channels[0].dead, 1);
    sink.status = 200;
    const [again] = await json('resend', String(dead.id));
    assert.equal(again.key, dead.key, 'its key never changes');
    await heard(before + 1);
    await until('an empty outbox', async () => (await json('outbox')).length === 0);
    const refused = await run('resend', String(dead.id));
    assert.equal(refused.code, 2, 'what is delivered is not sent twice');
    assert.match(refused.stderr, /remedy: /);
  });

  test('what can never work is refused when it is said, with the remedy', async () => {
    assert.ok(program);
    const { run } = program;
    const refused: [string[], RegExp][] = [
      [
        ['rule', 'add', 'x', '--on', 'device.apeared', '--to', 'hook'],
        /"device\.apeared" is no kind of change\n {2}remedy: did you mean "device\.appeared"\?/,
      ],
      [['rule', 'add', 'x', '--on', 'device.left', '--to', 'hok'], /there is no channel "hok"\n {2}remedy: .*hook/],
      [['rule', 'add', 'x', '--on', 'device.left', '--to', 'hook', '--where', 'gruop:x'], /gruop:x/],
      [['rule', 'add', 'X!', '--on', 'device.left'], /it is no name/],
      [['rule', 'remove', 'new-device'], /it comes with the program\n {2}remedy: disable it with "rollcall rule disable new-device"/],
      [['channel', 'remove', 'hook'], /rule strangers tells it/],
      [['channel', 'add', 'x', 'webhok', 'url=http://example.org'], /webhok/],
      [['channel', 'add', 'x', 'webhook'], /url: it is missing|url of channel "x": it is missing/],
      [['channel', 'set', 'hook', '--fallback', 'hook'], /reading fallback/],
      [['mute', '--rule', 'nobody', '--for', '1h', '--why', 'x'], /nobody/],
      [['mute', '--why', 'x'], /muting everything: it would never end/],
      [['ack', '4711'], /4711/],
      [['unmute', '4711'], /4711/],
      [['resend', '4711'], /4711/],
      [['incidents', '4711'], /finding incident 4711: there is none/],
    ];
    for (const [argv, message] of refused) {
      const { code, stderr } = await run(...argv);
      assert.equal(code, 2, argv.join(' '));
      assert.match(stderr, message);
      assert.match(stderr, /\n {2}remedy: /);
    }
  });
});
