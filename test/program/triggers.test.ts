// Shares the machine: it measures nothing, and waits for programs to start.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { needs, toolEnv, toolPath } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

const RECEIVER = fileURLToPath(new URL('./trigger-receiver.ts', import.meta.url));
/** Both stand on the loopback of the namespace, where nobody else is. */
const [HTTP, MQTT] = [8080, 1883];
const CONFIG = `[listen]
enabled = false
[self]
watch = false
[presence]
window = "0s"
[alerts]
usual = false
reach = ["127.0.0.1:${HTTP}", "127.0.0.1:${MQTT}"]
`;

/** An own text for a home that wants neither JSON of ours nor three values. */
const TEMPLATE = `{"who": "{{place}}", "what": "{{change.kind}}", "at": "{{change.at}}", "since": "{{change.since}}"}`;

interface Alert {
  readonly rule: string;
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly Line[];
}
interface Line {
  readonly kind: string;
  readonly at: string;
  readonly place: string | null;
  readonly text: string;
  readonly before: { readonly is?: string; readonly since?: string | null } | null;
  readonly after: {
    readonly name?: string;
    readonly device?: { readonly id: number; readonly name: string | null };
    readonly present?: number;
    readonly members?: number;
  };
}
interface Heard {
  readonly path: string;
  readonly body: any;
}

describe('people and groups of a LAN are triggers of a home', needs('nmap', 'arp-scan', 'netns', 'python3', 'mosquitto'), () => {
  let lan: Lan;
  let program: Program;
  let [web, topics] = ['', ''];
  before(async () => {
    lan = await createLan({ hosts: 5 });
    program = await newProgram({ config: CONFIG, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    [web, topics] = [join(program.data, '..', 'web.jsonl'), join(program.data, '..', 'topics.txt')];
    await listenAll();
    await program.daemon();
    await look();
    await nameThem();
    await setUp();
  });
  after(async () => {
    await program?.end();
    await lan?.stop();
  });

  async function listenAll(): Promise<void> {
    const receiver = lan.spawn([process.execPath, RECEIVER, String(HTTP), web], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (receiver.stdout) await once(receiver.stdout, 'data');
    const config = join(program.data, '..', 'mosquitto.conf');
    writeFileSync(config, `user root\nallow_anonymous true\nlistener ${MQTT} 127.0.0.1\n`);
    lan.spawn([toolPath('mosquitto') as string, '-c', config], { stdio: 'ignore', env: toolEnv() });
    const subscribed = [toolPath('mosquitto_sub') as string, '-p', String(MQTT), '-t'];
    await until(
      'mosquitto',
      async () => (await lan.run([...subscribed, '$SYS/broker/version', '-C', '1', '-W', '2'], { env: toolEnv() })).code === 0,
    );
    const ear = lan.spawn([...subscribed, 'home/#', '-v'], { stdio: ['ignore', 'pipe', 'inherit'], env: toolEnv() });
    ear.stdout?.on('data', (part: Buffer) => writeFileSync(topics, part, { flag: 'a' }));
  }

  const look = async (): Promise<void> => {
    const { scan } = await program.json('scan', lan.block, '--plan', 'sweep');
    assert.equal(scan.outcome, 'complete');
  };
  const ok = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await program.run(...args);
    assert.equal(code, 0, `rollcall ${args.join(' ')}\n${stderr}`);
  };
  const host = (index: number): LanHost => lan.hosts[index] as LanHost;

  /** Anna has a phone and a tablet, Ben a phone; all of it is the family's. */
  async function nameThem(): Promise<void> {
    for (const [index, name, owner] of [
      [1, 'phone', 'Anna'],
      [2, 'tablet', 'Anna'],
      [3, 'bens-phone', 'Ben'],
    ] as const) {
      await ok('device', host(index).address, '--name', name);
      await ok('device', 'set', name, '--owner', owner, '--group', 'family', '--carried', 'yes');
    }
  }

  async function setUp(): Promise<void> {
    const url = (path: string): string => `url=http://127.0.0.1:${HTTP}/${path}`;
    const own = ['--no-usual', '--ceiling', '0'];
    writeFileSync(join(program.data, '..', 'door.json'), `${TEMPLATE}\n`);
    await ok('channel', 'add', 'lights', 'webhook', url('lights'), ...own);
    await ok('channel', 'add', 'maker', 'webhook', url('maker'), 'format=ifttt', ...own);
    await ok(
      'channel',
      'add',
      'door',
      'webhook',
      url('door'),
      'format=template',
      `template=@${join(program.data, '..', 'door.json')}`,
      ...own,
    );
    await ok('channel', 'add', 'siren', 'webhook', url('siren'), ...own);
    await ok('channel', 'add', 'broker', 'mqtt', `broker=mqtt://127.0.0.1:${MQTT}`, 'topic=home/people', ...own);
    const people = 'person.arrived,person.left';
    await ok('rule', 'add', 'anna', '--on', people, '--who', 'anna', '--to', 'lights,maker,door,broker', '--no-resolved');
    const groups = 'group.first-arrived,group.last-left';
    await ok('rule', 'add', 'family', '--on', groups, '--who', 'group:family', '--to', 'lights,broker', '--through', '--no-resolved');
    await ok('rule', 'add', 'burglar', '--on', 'device.appeared', '--away', 'group:family', '--to', 'siren', '--urgency', 'critical');
    await ok('rule', 'add', 'guest', '--on', 'device.appeared', '--home', 'ben', '--to', 'door');
  }

  const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').filter(Boolean) : []);
  const heard = (path: string): any[] =>
    linesOf(web)
      .map((line) => JSON.parse(line) as Heard)
      .filter((one) => one.path === `/${path}`)
      .map(({ body }) => body);
  const published = (): Alert[] =>
    linesOf(topics).map((line) => {
      assert.ok(line.startsWith('home/people {'), line);
      return JSON.parse(line.slice('home/people '.length)) as Alert;
    });
  const leave = async (...indices: number[]): Promise<void> => {
    for (const index of indices) await lan.depart(host(index));
    await look();
  };
  const come = async (...indices: number[]): Promise<void> => {
    for (const index of indices) await lan.arrive(host(index));
    await look();
  };
  const settled = () => until('an empty outbox', async () => (await program.json('outbox')).length === 0);
  const newest = async (kind: string, place = ''): Promise<Line & { readonly seq: number }> => {
    const all: (Line & { readonly seq: number })[] = await program.json('changes', '--kind', kind);
    return all.filter(({ after: is }) => place === '' || is.name === place).reduce((last, one) => (one.seq > last.seq ? one : last));
  };

  test('one of two devices that goes triggers nothing: Anna is still home', async () => {
    await leave(2);
    assert.equal((await program.json('devices', '--away')).length, 1);
    await settled();
    assert.deepEqual([linesOf(web), linesOf(topics)], [[], []]);
  });

  test('Anna leaves with the other: each is told who, what, when and since when, in its own form', async () => {
    await leave(1);
    await until('all four', () => [heard('lights'), heard('maker'), heard('door'), published()].every(({ length }) => length === 1));
    const [alert] = heard('lights') as Alert[];
    assert.deepEqual([alert?.rule, alert?.kind, alert?.lines.length], ['anna', 'opened', 1]);
    const line = alert?.lines[0] as Line;
    assert.deepEqual([line.kind, line.place, line.before?.is, line.after.name], ['person.left', 'Anna', 'home', 'Anna']);
    assert.deepEqual(line.after.device, { id: line.after.device?.id, name: 'phone' }, 'the last to go');
    const { at, before: was } = await newest('person.left');
    assert.deepEqual([line.at, line.before?.since], [at, was?.since]);
    assert.ok(Date.parse(was?.since ?? '') < Date.parse(at), 'she was home for a while');
    assert.match(String(alert?.title), /^Anna left; phone \(#\d+\) was the last to go; was home since 2/);
    assert.deepEqual(heard('maker'), [{ value1: alert?.title, value2: heard('maker')[0]?.value2, value3: 'Anna' }]);
    assert.deepEqual(heard('door'), [{ who: 'Anna', what: 'person.left', at, since: was?.since }]);
    assert.deepEqual(published()[0]?.lines, alert?.lines, 'a broker is told the same');
  });

  test('Ben leaves: nobody asked for him, but the family is gone with him', async () => {
    await leave(3);
    await until('the family', () => heard('lights').length === 2 && published().length === 2);
    const [, alert] = heard('lights') as Alert[];
    const [line] = alert?.lines ?? [];
    assert.deepEqual([alert?.rule, line?.kind, line?.place], ['family', 'group.last-left', 'family']);
    assert.deepEqual([line?.after.present, line?.after.members, line?.before?.is], [0, 3, 'home']);
    assert.ok(Date.parse(line?.before?.since ?? '') < Date.parse(line?.at ?? ''));
    assert.match(line?.text ?? '', /^family: bens-phone .* was the last of it here, now 0 of 3; was home since 2/);
    assert.deepEqual(published()[1]?.lines, alert?.lines);
    await settled();
    assert.deepEqual([heard('maker').length, heard('door').length], [1, 1]);
  });

  test("somebody new while nobody is home is a burglar, and nobody's guest", async () => {
    await lan.arrive();
    await look();
    await until('the siren', () => heard('siren').length === 1);
    const [alert] = heard('siren') as (Alert & { urgency: string })[];
    assert.deepEqual([alert?.urgency, alert?.lines.map(({ kind }) => kind)], ['critical', ['device.appeared']]);
    const { verdict } = await program.json('why', String((await newest('device.appeared')).seq));
    const made = verdict.rules.map(({ rule, verdict: told, reason }: Record<string, string>) => [rule, told, reason]);
    assert.deepEqual(made.toSorted(), [
      ['burglar', 'tell', 'first'],
      ['guest', 'quiet', 'party'],
    ]);
    await settled();
    assert.equal(heard('door').length, 1);
  });

  test('Anna comes home, and the family with her, since when they were away', async () => {
    await come(1);
    await until('all of it', () => [heard('lights'), published()].every(({ length }) => length === 4) && heard('door').length === 2);
    const lines = (heard('lights') as Alert[]).slice(2).flatMap((alert) => alert.lines);
    assert.deepEqual(
      lines.map(({ kind, place, before: was }) => [kind, place, was?.is]),
      [
        ['person.arrived', 'Anna', 'away'],
        ['group.first-arrived', 'family', 'away'],
      ],
    );
    const [left, gone] = [await newest('person.left', 'Anna'), await newest('group.last-left')];
    assert.deepEqual(
      lines.map((line) => line.before?.since),
      [left.at, gone.at],
    );
    assert.deepEqual(heard('door')[1], { who: 'Anna', what: 'person.arrived', at: lines[0]?.at, since: left.at });
    await until('IFTTT', () => heard('maker').length === 2);
    assert.match(heard('maker')[1]?.value1, /^Anna came home with phone \(#\d+\); was away since 2/);
  });

  test('somebody new while Ben is home is a guest, and no burglar', async () => {
    await come(3);
    await lan.arrive();
    await look();
    await until('the door', () => heard('door').length === 3);
    assert.equal(heard('door')[2]?.what, 'device.appeared');
    await settled();
    assert.equal(heard('siren').length, 1);
    assert.deepEqual(await program.json('outbox', '--dead'), []);
  });
});
