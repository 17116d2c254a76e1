import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, covering, device, guess, MINUTE, port, seen, service } from '../../test/make/device.ts';
import { certificate, page, serving, sshKey } from '../../test/make/serving.ts';
import { rollWith, Story } from '../../test/make/story.ts';
import { deviceFromFacts, factsOf, type Observation, type PortSeen, type Service, type ServiceIdentity } from '../core/index.ts';

const DAY = 24 * 60;
const asking = { covers: covering(['10.0.0.0/24'], '1-1000') };
const host = (...ports: Observation['ports']): Observation => seen('10.0.0.1', null, { ports });
const answering = (served: Service | null, identity?: ServiceIdentity): PortSeen => ({
  ...port(22, 'open', served),
  ...(identity && { serving: identity }),
});
const ssh = (version: string, extra = ''): Service => service('OpenSSH', { name: 'ssh', version, extra });
const keys = (...all: string[]): ServiceIdentity => serving({ sshKeys: all.map((hash) => sshKey(hash)) });
const start = (first: PortSeen): Story => new Story(device({ ports: [first], asked: { tcp: [[1, 1000]] } }));

/** Stops the program and starts it again: only facts are remembered. */
function restart(story: Story): void {
  const before = story.device(1);
  story.roll = rollWith(deviceFromFacts(before, factsOf(before), () => before.lastSeen));
}

/** What is told of one answer after the other, a day apart, with a restart after each. */
function days(first: PortSeen, ...answers: readonly PortSeen[]): string[] {
  const story = start(first);
  return answers.map((answer, day) => {
    const news = story.at((day + 1) * DAY, [host(answer)], asking);
    restart(story);
    return news.map((one) => one.split(' ')[0]).join();
  });
}

test('a look that asked who serves and got no answer takes nothing away', () => {
  const story = start(answering(ssh('9.2'), keys('a')));
  for (const silent of [answering(ssh('9.2')), answering(guess('ssh')), answering(service('', { name: 'tcpwrapped' })), answering(null)]) {
    assert.deepEqual(story.scan(1, [host(silent)], asking).touched, []);
    assert.deepEqual([story.device(1).ports[0]?.service, story.device(1).ports[0]?.serving], [ssh('9.2'), keys('a')]);
  }
});

test('a port that closes loses who served there, one that goes silent keeps it', () => {
  const story = start(answering(ssh('9.2'), keys('a')));
  story.at(1, [host(port(22, 'filtered'))], asking);
  assert.deepEqual(story.device(1).ports[0]?.serving, keys('a'));
  assert.deepEqual(story.at(2, [host(answering(ssh('9.2'), keys('b')))], asking), ['port.opened 1', 'service.key-changed 1']);
  story.at(3, [host()], asking);
  assert.deepEqual(story.device(1).ports, []);
  assert.deepEqual(story.at(4, [host(answering(ssh('9.2'), keys('a')))], asking), ['port.opened 1']);
});

test('what differs by noise alone is no change of the facts either', () => {
  const story = start(answering(ssh('9.2', 'protocol 2.0'), page('Boiler 61 °C')));
  assert.deepEqual(story.scan(1, [host(answering(ssh('9.2', 'Protocol  2.0'), page('Boiler 64 °C')))], asking).touched, []);
});

test('parts that were not shown this time stay: a key, a title, a certificate', () => {
  const all = serving({ ...page('Hi', 'nginx'), sshKeys: [sshKey('a'), sshKey('r', 'rsa')], certificate: certificate() });
  const story = start(answering(ssh('9.2'), all));
  assert.deepEqual(story.scan(1, [host(answering(ssh('9.2'), keys('a')))], asking).touched, []);
  assert.deepEqual(story.device(1).ports[0]?.serving, all);
});

test('something else altogether on a port shows what it shows, and nothing of what was there before', () => {
  const story = start(answering(ssh('9.2'), keys('a')));
  assert.deepEqual(story.at(1, [host(answering(service('nginx', { name: 'http' }), page('Hi')))], asking), ['service.changed 1']);
  assert.deepEqual(story.device(1).ports[0]?.serving, page('Hi'));
});

test('a web server that nmap takes for a proxy for once is still the one that showed this certificate', () => {
  const shown = serving({ certificate: certificate() });
  const story = start(answering(service('nginx', { name: 'http', tunnel: 'ssl' }), shown));
  story.at(1, [host(answering(service('', { name: 'http-proxy', tunnel: 'ssl' })))], asking);
  assert.deepEqual(story.device(1).ports[0]?.serving, shown);
});

test('two servers that answer in turn are told of when the first comes back, then kept quiet', () => {
  const [a, b] = [answering(ssh('9.1')), answering(ssh('9.2'))];
  assert.deepEqual(days(a, b, a, b, a, b, b, a), ['service.changed', 'service.changed', '', '', '', '', '']);
  const story = start(a);
  for (const [day, answer] of [b, a].entries()) story.at((day + 1) * DAY, [host(answer)], asking);
  const last = story.scan(2 * DAY + 30, [host(b)], asking);
  assert.deepEqual(last.touched, [], 'and stores nothing');
});

test('the change that tells of turns says so', () => {
  const story = start(answering(ssh('9.1')));
  const first = story.scan(DAY, [host(answering(ssh('9.2')))], asking).changes[0];
  const second = story.scan(2 * DAY, [host(answering(ssh('9.1')))], asking).changes[0];
  assert.deepEqual([first?.after?.['inTurn'], second?.after?.['inTurn']], [undefined, true]);
});

test('a key that comes back is no alarm, as the one that took its place was', () => {
  const story = start(answering(null, keys('a')));
  const loudness = ['b', 'a'].map((key, day) => story.scan((day + 1) * DAY, [host(answering(null, keys(key)))], asking).changes[0]?.after);
  assert.deepEqual(
    loudness.map((after) => [after?.['severity'], after?.['inTurn']]),
    [
      ['high', undefined],
      [undefined, true],
    ],
  );
});

test('host keys, certificates and pages take turns each for themselves', () => {
  const [a, b] = [answering(null, keys('a')), answering(null, keys('b'))];
  assert.deepEqual(days(a, b, a, b, a), ['service.key-changed', 'service.key-changed', '', '']);
  const tls = (serial: string): PortSeen =>
    answering(null, serving({ certificate: certificate({ serial, notAfter: '2027-01-01T00:00:00.000Z' }) }));
  assert.deepEqual(days(tls('1'), tls('2'), tls('1'), tls('2')), ['service.key-changed', 'service.key-changed', '']);
  assert.deepEqual(days(answering(null, page('x')), answering(null, page('y')), answering(null, page('x')), answering(null, page('y'))), [
    'service.changed',
    'service.changed',
    '',
  ]);
  assert.deepEqual(
    days(a, b, a, answering(null, keys('c')), a),
    ['service.key-changed', 'service.key-changed', 'service.key-changed', 'service.key-changed'],
    'a third key is news at any time',
  );
});

test('after thirty days one that comes back is told again', () => {
  const story = start(answering(ssh('9.1')));
  const told = [1, 2, 3, 31, 33, 34].map(
    (day, i) => story.at(day * DAY, [host(answering(ssh(i % 2 === 0 ? '9.2' : '9.1')))], asking).length,
  );
  assert.deepEqual(told, [1, 1, 0, 0, 1, 1]);
});

test('an upgrade that nobody saw before is told, whatever took turns (property)', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3 }), { maxLength: 20 }), (answers) => {
      const story = start(answering(ssh('9.0')));
      for (const [day, answer] of answers.entries()) story.at((day + 1) * DAY, [host(answering(ssh(`9.${answer}`)))], asking);
      assert.deepEqual(story.at(30 * DAY, [host(answering(ssh('10.0')))], asking), ['service.changed 1']);
    }),
  );
});

test('what is remembered of a service that never says the same twice stays small', () => {
  const story = start(answering(ssh('0'), keys('k0')));
  for (let i = 1; i < 60; i++)
    story.at(
      i,
      [host(answering(ssh(`${i}`), serving({ ...keys(`k${i}`), ...page(`t${i * 7}x`), certificate: certificate({ serial: `${i}` }) })))],
      asking,
    );
  const [told] = factsOf(story.device(1)).filter(({ kind }) => kind === 'told');
  assert.ok(told !== undefined && told.value.length < 1000, told?.value ?? 'nothing');
});

const HOUR_OF = 60;
test('each stage of each certificate is told exactly once, however it is looked at and whatever restarts (property)', () => {
  const ends = (hours: number, serial: string): ServiceIdentity =>
    serving({
      certificate: certificate({
        serial,
        notBefore: '2025-01-01T00:00:00.000Z',
        notAfter: new Date(AT + hours * HOUR_OF * MINUTE).toISOString(),
      }),
    });
  const step = fc.record(
    { hours: fc.integer({ min: -5, max: 200 }), kind: fc.constantFrom('sweep', 'ports', 'versions', 'restart') },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 1200 }), (steps, end) => {
      const story = start(answering(null, ends(end, '1')));
      const stages: unknown[] = [];
      let [now, latest] = [0, Number.NEGATIVE_INFINITY];
      for (const { hours, kind } of [...steps, { hours: 0, kind: 'sweep' }]) {
        now = Math.max(0, now + hours);
        latest = Math.max(latest, kind === 'restart' ? latest : now);
        if (kind === 'restart') restart(story);
        else {
          const ports = { sweep: [], ports: [answering(null)], versions: [answering(null, ends(end, '1'))] }[kind] ?? [];
          const told = story.scan(now * HOUR_OF, [host(...ports)], kind === 'sweep' ? {} : asking);
          stages.push(...told.changes.flatMap((change) => (change.kind === 'certificate.expiring' ? [change.after?.['stage']] : [])));
        }
      }
      const [soon, over] = [latest >= end - 21 * 24, latest >= end];
      const last = stages.at(-1);
      assert.equal(last, over ? 'expired' : soon ? 'soon' : undefined);
      assert.equal(new Set(stages).size, stages.length, 'none twice');
    }),
    { numRuns: 300 },
  );
});

test('a certificate that took over is told of anew when its own time comes', () => {
  const tls = (end: string, serial: string): PortSeen => answering(null, serving({ certificate: certificate({ serial, notAfter: end }) }));
  const story = start(tls('2026-01-20T00:00:00.000Z', '1'));
  assert.deepEqual(story.at(1, [host()]), ['certificate.expiring 1']);
  assert.deepEqual(story.at(2, [host(tls('2026-04-20T00:00:00.000Z', '2'))], asking), ['service.key-changed 1']);
  assert.deepEqual(story.at(90 * DAY, [host()]), ['certificate.expiring 1']);
});

test('a newcomer whose certificate has expired is told of with it', () => {
  const story = new Story();
  const old = answering(null, serving({ certificate: certificate({ notAfter: '2025-12-31T00:00:00.000Z' }) }));
  assert.deepEqual(story.at(1, [host(old)], asking), ['device.appeared 1', 'certificate.expiring 1']);
  assert.deepEqual(story.at(2, [host(old)], asking), []);
});
