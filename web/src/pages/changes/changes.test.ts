import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ChangeJson, IncidentJson } from '../../../../src/contract/index.ts';
import { CHANGE_FAMILIES, type ComparisonItem } from '../../../../src/core/index.ts';
import { joined, NOTHING } from './compare/joined.ts';
import { pairsOf } from './compare/pairs.ts';
import { sideOf, textOf } from './compare/side.ts';
import { barsOf, momentAt, rangeOf, shareOf, stepped, within } from './past/moment.ts';
import { approvableOf } from './stream/approvable.ts';
import { askedOf, pageOf, questionOf } from './stream/asked.ts';
import { incidentOf } from './stream/incident-of.ts';
import { viewOf, withWords } from './view.ts';

const AT = '2026-11-21T03:00:00.000Z';
const change = (words: Partial<ChangeJson>): ChangeJson => ({
  seq: 1,
  at: AT,
  kind: 'port.opened',
  device: { id: 7, name: 'printer' },
  before: null,
  after: { protocol: 'tcp', port: 22, state: 'open' },
  scan: 3,
  ...words,
});

test('an address says what is looked at, and what it does not know it leaves out', () => {
  assert.equal(viewOf(new URLSearchParams('view=past')), 'past');
  assert.equal(viewOf(new URLSearchParams('view=constructor')), 'stream');
  assert.deepEqual(askedOf(new URLSearchParams('family=ports,nonsense,left&filter=%20group:iot%20&span=constructor')), {
    families: ['left', 'ports'],
    filter: 'group:iot',
    span: null,
  });
  assert.deepEqual(questionOf(askedOf(new URLSearchParams())), {});
});

test('every choice of families, filter and time comes back from its address', () => {
  const asked = fc.record(
    {
      families: fc.subarray([...CHANGE_FAMILIES]),
      filter: fc.string().map((text) => text.trim()),
      span: fc.constantFrom('1h', '24h', '7d', '30d', null),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(asked, (one) => {
      const words = { family: one.families.join(','), filter: one.filter, span: one.span };
      assert.deepEqual(askedOf(new URLSearchParams(withWords(new URLSearchParams('why=3'), words).toString())), one);
    }),
  );
});

test('pages go back from the newest until nothing older is wanted', () => {
  const answer = [5, 6, 7].map((seq) => change({ seq, at: `2026-11-21T0${seq}:00:00.000Z` }));
  const seqs = (page: ReturnType<typeof pageOf>) => [page.changes.map(({ seq }) => seq), page.before];
  assert.deepEqual(seqs(pageOf(answer, { size: 3, oldest: -Infinity })), [[7, 6, 5], 5]);
  assert.deepEqual(seqs(pageOf(answer, { size: 4, oldest: -Infinity })), [[7, 6, 5], undefined]);
  assert.deepEqual(seqs(pageOf(answer, { size: 3, oldest: Date.parse('2026-11-21T06:00:00Z') })), [[7, 6], undefined]);
  assert.deepEqual(seqs(pageOf([], { size: 3, oldest: 0 })), [[], undefined]);
});

test('a port or a device can be approved from its change; what is over or of no device cannot', () => {
  assert.deepEqual(approvableOf(change({})), { place: '22/tcp' });
  assert.deepEqual(approvableOf(change({ kind: 'device.appeared', after: {} })), { place: null });
  assert.equal(approvableOf(change({ kind: 'port.closed' })), null);
  assert.equal(approvableOf(change({ kind: 'vantage.blind', device: null })), null);
  assert.equal(approvableOf(change({ after: null })), null);
});

test('a change is of the open incident that is about its device or a port of it, and holds its number', () => {
  const incident = (id: number, key: string): IncidentJson =>
    ({ id, firstSeq: 1, lastSeq: 5, subjects: [{ key, over: false }] }) as unknown as IncidentJson;
  const all = [incident(1, 'device:70'), incident(2, 'device:7:22/tcp'), incident(3, 'device:8')];
  assert.equal(incidentOf(change({ seq: 5 }), all)?.id, 2);
  assert.equal(incidentOf(change({ seq: 6 }), all), undefined);
  assert.equal(incidentOf(change({ seq: 5, device: null }), all), undefined);
});

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const range = { since: 0, until: 10 * DAY };

test('keys step by minutes, hours and days, and never leave the line', () => {
  const from = 5 * DAY;
  for (const [key, to] of [
    ['ArrowLeft', from - MINUTE],
    ['ArrowRight', from + MINUTE],
    ['ArrowDown', from - HOUR],
    ['ArrowUp', from + HOUR],
    ['PageDown', from - DAY],
    ['PageUp', from + DAY],
    ['Home', 0],
    ['End', 10 * DAY],
    ['x', null],
  ] as const)
    assert.equal(stepped(from, key, range), to, key);
  fc.assert(
    fc.property(fc.nat(20 * DAY), fc.constantFrom('ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown'), (at, key) => {
      const to = stepped(at, key, range) ?? 0;
      assert.equal(to, within(to, range));
    }),
  );
});

test('a moment and its place on the line tell the same, to the second', () => {
  fc.assert(fc.property(fc.nat(10 * DAY), (at) => Math.abs(momentAt(shareOf(at, range), range) - at) <= 500));
  assert.equal(momentAt(-1, range), 0);
  assert.equal(momentAt(2, range), 10 * DAY);
});

test('the line reaches no further back than is remembered, and is never without length', () => {
  assert.deepEqual(rangeOf(0, 10 * DAY, '7d'), { since: 3 * DAY, until: 10 * DAY });
  assert.deepEqual(rangeOf(9 * DAY, 10 * DAY, '7d'), { since: 9 * DAY, until: 10 * DAY });
  assert.deepEqual(rangeOf(DAY, DAY, 'all'), { since: DAY - MINUTE, until: DAY });
});

test('changes of all families make one bar for each slot', () => {
  assert.deepEqual(barsOf({ ports: [1, 0, 2], left: [0, 0, 3] }, 3), { bars: [1, 0, 5], highest: 5 });
  assert.deepEqual(barsOf({}, 2), { bars: [0, 0], highest: 1 });
});

test('every side comes back from how the contract writes it', () => {
  const side = fc.oneof(
    fc.constantFrom('now', 'baseline', 'yesterday').map((way) => ({ way, at: null, scan: null })),
    fc.integer({ min: 1, max: 1e9 }).map((scan) => ({ way: 'scan', at: null, scan })),
    fc.nat(4e12).map((at) => ({ way: 'moment', at, scan: null })),
  ) as fc.Arbitrary<ReturnType<typeof sideOf>>;
  fc.assert(fc.property(side, (one) => assert.deepEqual(sideOf(textOf(one), 'now'), one)));
  assert.equal(textOf({ way: 'scan', at: null, scan: null }), null, 'not whole yet');
  assert.equal(textOf({ way: 'moment', at: null, scan: null }), null);
  assert.equal(sideOf('nonsense', 'yesterday').way, 'yesterday');
});

test('what differs stands left and right', () => {
  const was = { protocol: 'tcp', port: 22, state: 'open', service: { name: 'ssh', product: 'OpenSSH', version: '9.2' } };
  assert.deepEqual(pairsOf({ kind: 'service.changed', before: was, after: { ...was, service: { name: 'ssh' } } }), [
    { kind: 'service.changed', subject: '22/tcp', left: 'open · ssh OpenSSH 9.2', right: 'open · ssh' },
  ]);
  assert.deepEqual(pairsOf({ kind: 'port.opened', before: null, after: was }), [
    { kind: 'port.opened', subject: '22/tcp', left: null, right: 'open · ssh OpenSSH 9.2' },
  ]);
  assert.deepEqual(pairsOf({ kind: 'identity.changed', before: { names: ['a'] }, after: { names: ['b', 'c'] } }), [
    { kind: 'identity.changed', subject: 'names', left: 'a', right: 'b, c' },
  ]);
  const script = { port: { protocol: 'tcp', port: 80 }, id: 'http-title' };
  assert.deepEqual(pairsOf({ kind: 'script.changed', before: { ...script, output: 'x' }, after: { ...script, output: null } }), [
    { kind: 'script.changed', subject: '80/tcp http-title', left: 'x', right: null },
  ]);
  assert.deepEqual(
    pairsOf({ kind: 'device.appeared', before: null, after: { addresses: ['10.0.0.1'], ports: [was] } }).map(({ subject, right }) => [
      subject,
      right,
    ]),
    [
      ['', '10.0.0.1'],
      ['22/tcp', 'open · ssh OpenSSH 9.2'],
    ],
  );
});

test('a comparison grows as it arrives', () => {
  const device = { kind: 'device', device: { id: 1 }, pairedBy: null, differences: [], unknown: [] } as unknown as ComparisonItem;
  const sum: ComparisonItem = { kind: 'sum', same: 1, different: 2, unknown: 0, kinds: {}, ignored: 0 };
  const one = joined(NOTHING, [device]);
  const two = joined(one, [device, sum]);
  assert.deepEqual([one.devices.length, one.sum, two.devices.length, two.sum?.different], [1, null, 2, 2]);
  assert.equal(joined(two, []).devices, two.devices, 'nothing new draws nothing anew');
});
