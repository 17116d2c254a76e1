import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers } from './fake-client.ts';
import { rollcall } from './fake-world.ts';
import { hostileAlerts, hostileAlertWords } from './hostile-alerts.ts';
import { change, device, host, progress, result, scan, stream, target } from './make.ts';

/** What terminals obey: control sequences of both kinds, titles, links, line starts, hidden and turned text. */
const ATTACKS = [
  '\u001b[2J\u001b[H',
  '\u001b]0;title\u0007',
  '\u001b]8;;http://192.0.2.1\u001b\\click\u001b]8;;\u001b\\',
  '\u009b31m',
  '\u0090q\u009c',
  'a\rrollcall: all is well',
  'a\nrollcall: all is well',
  '\u202egnp.exe\u202c',
  '\u2066x\u2069',
  'pa\u200byp\u2060al',
  '\u0000\u0008\u007f',
  '\u2028\u2029\u0085',
];

const side = (attack: string) => ({
  addresses: [attack],
  macs: [attack],
  vendor: attack,
  protocol: attack,
  port: attack,
  lastSeen: attack,
  target: attack,
  [attack]: [attack],
});
const service = (attack: string) => ({
  name: attack,
  product: attack,
  version: attack,
  extra: attack,
  tunnel: attack,
  method: 'probed' as const,
});
const serving = (attack: string) => ({
  sshKeys: [{ type: attack, hash: attack }],
  certificate: { subject: attack, issuer: attack, notBefore: attack, notAfter: attack, sha256: attack, names: [attack] },
  httpTitle: attack,
  httpServer: attack,
});
const ports = (attack: string) => [
  { protocol: 'tcp' as const, port: 1, state: 'open' as const, service: service(attack), serving: serving(attack) },
];

const hostileChange = (attack: string, kind: ReturnType<typeof change>['kind']) =>
  change({
    kind,
    device: { id: 1, name: attack },
    before: { ...side(attack), service: service(attack) },
    after: { ...side(attack), service: service(attack), cause: { text: attack }, text: attack, page: { title: attack, server: attack } },
  });

const KINDS = [
  'device.appeared',
  'device.left',
  'device.returned',
  'identity.changed',
  'port.opened',
  'port.closed',
  'service.changed',
  'service.key-changed',
  'certificate.expiring',
  'vantage.blind',
] as const;

/** Each command with an answer that is hostile wherever it holds text. */
function hostileAnswers(attack: string): [argv: string[], answers: Answers][] {
  const bad = device({
    name: attack,
    alias: attack,
    macs: [attack, attack],
    addresses: [attack],
    names: [attack],
    vendor: attack,
    os: attack,
    ports: ports(attack),
  });
  const badScan = scan({
    subject: attack,
    iface: attack,
    cause: { code: attack, text: attack },
    tool: { name: attack, version: attack },
    command: attack,
  });
  const badHost = host({ address: attack, mac: attack, vendor: attack, names: [attack], ports: ports(attack) });
  const changes = KINDS.map((kind) => hostileChange(attack, kind));
  const badResult = result({ scan: badScan, hosts: [badHost], changes, warnings: [attack] });
  const badTarget = target({ target: { ...target().target, target: attack, iface: attack } });
  return [
    [['devices'], { 'devices.list': () => [bad] }],
    [['device', '1'], { 'devices.get': () => ({ device: bad, spans: [], changes }) }],
    [['changes'], { 'changes.list': () => changes }],
    [
      ['scan', attack],
      { 'scans.start': () => ({ scan: badScan }), 'scans.follow': () => stream(progress(0.5), { kind: 'result', result: badResult }) },
    ],
    [['scans'], { 'scans.list': () => [badScan] }],
    [['ingest'], { ingest: () => badResult }],
    [['targets'], { 'targets.list': () => [badTarget] }],
    [['watch', 'x'], { 'targets.add': () => badTarget.target }],
    [['unwatch', 'x'], { 'targets.remove': () => badTarget.target }],
    [['networks'], { 'networks.list': () => [{ iface: attack, block: attack, loopback: false, watched: false }] }],
    [['doctor'], { 'doctor.get': () => [{ level: 'broken', topic: attack, text: attack, remedy: attack }] }],
    [['device', attack], { 'devices.get': () => assert.fail(attack) }],
    ...hostileAlerts(attack),
  ];
}

/** Everything but our own line ends and, on stderr, our own bar. */
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

test('S5: no command lets hostile text reach a terminal, in text or JSON, on stdout or stderr', async () => {
  for (const attack of ATTACKS) {
    for (const [argv, answers] of hostileAnswers(attack)) {
      for (const json of [[], ['--json']]) {
        const { out, err } = await rollcall([...argv, ...json], { answers, tty: true, stdin: ['x'], env: { NO_COLOR: '1' } });
        const where = `${argv[0]} ${json.join()} ${JSON.stringify(attack)}`;
        assert.doesNotMatch(out, OBEYED, where);
        assert.doesNotMatch(err.replaceAll('\r\u001b[K', ''), OBEYED, where);
      }
    }
  }
});

test('S5: a hostile name of 255 characters does not push the others off the screen; as JSON it is whole', async () => {
  const name = 'x'.repeat(255);
  const tables: [string[], Answers][] = [
    [['devices'], { 'devices.list': () => [device({ name }), device()] }],
    [
      ['changes'],
      { 'changes.list': () => [change({ device: { id: 7, name } }), change({ kind: 'identity.changed', after: { names: [name] } })] },
    ],
  ];
  for (const [argv, answers] of tables) {
    const { out } = await rollcall(argv, { answers });
    for (const line of out.split('\n')) assert.ok(line.length <= 210, line);
    assert.ok((await rollcall([...argv, '--json'], { answers })).out.includes(name));
  }
  const { out } = await rollcall(['changes'], { answers: tables[1]?.[1] ?? {} });
  assert.match(out, /x{31}… \(#7\) /);
});

test('S5: a hostile name cannot make a line that looks like ours', async () => {
  const { out } = await rollcall(['devices'], { answers: { 'devices.list': () => [device({ name: 'a\nrollcall: all is well' })] } });
  assert.doesNotMatch(out, /^rollcall:/m);
});

test('S5: hostile words on the command line come back escaped', async () => {
  for (const attack of ATTACKS) {
    for (const argv of [
      [attack],
      ['devices', attack],
      ['devices', `--${attack}`],
      ['devices', '--at', attack],
      ['scan', '--plan', attack, 'x'],
      ['config', attack],
      ...hostileAlertWords(attack),
    ]) {
      const { code, out, err } = await rollcall(argv, { tty: true, env: { NO_COLOR: '1' } });
      assert.equal(code, 2);
      assert.doesNotMatch(out + err, OBEYED);
    }
  }
});
