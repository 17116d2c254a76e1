import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AnyScan, anyScan } from '../../test/make/arbitraries.ts';
import { AT, device, HOUR, MINUTE, mac, name, port, seen } from '../../test/make/device.ts';
import { rollWith, rules, Story, scan as scanOnce, type Told } from '../../test/make/story.ts';
import { type Device, deviceFromFacts, type Fact, factsOf, rhythmFacts, rhythmFromFact, type SpanDelta } from '../core/index.ts';
import { spanDelta } from './span-delta.ts';

const idOf = ({ kind, key }: { kind: string; key: string }): string => JSON.stringify([kind, key]);

/** The spans of one device as a store keeps them. */
interface Kept extends Fact {
  readonly from: number;
  readonly to: number | null;
}

/** Applies a delta as a store must: everything closed was open, nothing opens twice. */
function applied(spans: readonly Kept[], delta: SpanDelta, at: number): Kept[] {
  const open = new Map(spans.filter(({ to }) => to === null).map((span) => [idOf(span), span]));
  const over: Kept[] = spans.filter(({ to }) => to !== null);
  for (const ending of delta.close) {
    const span = open.get(idOf(ending));
    assert.ok(span, `closing ${idOf(ending)}, which is not open`);
    over.push({ ...span, to: ending.at ?? at });
    open.delete(idOf(ending));
  }
  for (const fact of delta.open) {
    assert.ok(!open.has(idOf(fact)), `opening ${idOf(fact)} twice`);
    open.set(idOf(fact), { ...fact, from: at, to: null });
  }
  return [...over, ...(delta.past ?? []).map(({ fact, from, to }) => ({ ...fact, from, to })), ...open.values()];
}

/** All spans of all devices after some scans, each a while after the one before. */
function kept(scans: readonly AnyScan[], onScan: (told: Told, spans: Map<number, Kept[]>) => void): void {
  let roll = rollWith();
  let at = AT;
  const spans = new Map<number, Kept[]>();
  for (const { after, watchedSince, ...report } of scans) {
    at += after;
    const told = scanOnce(roll, report, rules({ at, watchedSince }));
    for (const delta of told.spans) spans.set(delta.device, applied(spans.get(delta.device) ?? [], delta, at));
    roll = told.roll;
    onScan(told, spans);
  }
}

const openOf = (spans: readonly Kept[]): (Fact & { from: number })[] =>
  spans.filter(({ to }) => to === null).map(({ kind, key, value, from }) => ({ kind, key, value, from }));
const sorted = (facts: readonly Fact[]): string[] => facts.map((fact) => JSON.stringify([fact.kind, fact.key, fact.value])).sort();

test('whatever is scanned, the open spans of every device are exactly its facts', () => {
  fc.assert(
    fc.property(fc.array(anyScan, { maxLength: 6 }), (scans) => {
      kept(scans, ({ roll }, spans) => {
        for (const one of roll.devices.values()) assert.deepEqual(sorted(openOf(spans.get(one.id) ?? [])), sorted(factsOf(one)));
      });
    }),
    { numRuns: 200 },
  );
});

test('whatever is scanned, every device reads back from its open spans as it is in the roll', () => {
  fc.assert(
    fc.property(fc.array(anyScan, { maxLength: 5 }), (scans) => {
      kept(scans, ({ roll }, spans) => {
        for (const one of roll.devices.values()) {
          const at = (address: string): number | undefined => one.addresses.find((entry) => entry.address === address)?.seenAt;
          // Counts of silences are remembered roughly, so that a year of them is a handful of spans.
          const rhythm = rhythmFromFact(rhythmFacts(one.rhythm)[0]);
          // Since when a name is known is kept; when it was said last is not.
          const names = one.names.map(({ heardAt: _, ...rest }) => rest);
          assert.deepEqual(deviceFromFacts(one, openOf(spans.get(one.id) ?? []), at), { ...one, names, rhythm });
        }
      });
    }),
  );
});

test('while the clock runs forward, the spans of one fact follow each other and never overlap', () => {
  const forward = anyScan.map((one) => ({ ...one, after: Math.abs(one.after) }));
  fc.assert(
    fc.property(fc.array(forward, { maxLength: 8 }), (scans) => {
      let last: Map<number, Kept[]> = new Map();
      kept(scans, (_, spans) => {
        last = spans;
      });
      for (const spans of last.values()) {
        for (const of of Map.groupBy(spans, idOf).values()) {
          const line = of.toSorted((a, b) => a.from - b.from || (a.to ?? Infinity) - (b.to ?? Infinity));
          for (const { from, to } of line) assert.ok(to === null || from <= to, `from ${from} to ${to}`);
          for (const [i, next] of line.slice(1).entries()) assert.ok((line[i]?.to ?? Infinity) <= next.from);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('a new device opens all its facts and closes none; one that did not change has no delta', () => {
  const one = device({ macs: [{ mac: mac(1), vendor: null }], names: [name('a')], ports: [port(22)], asked: { tcp: [[22, 22]] } });
  assert.deepEqual(spanDelta(null, one, rules()), { device: 1, close: [], open: factsOf(one) });
  assert.equal(spanDelta(one, { ...one, lastSeen: AT + MINUTE }, rules({ at: AT + MINUTE })), null);
});

test('a fact that says something else ends and begins anew', () => {
  const [before, after] = [device({ ports: [port(22), port(80)] }), device({ ports: [port(22, 'filtered'), port(80)] })];
  assert.deepEqual(spanDelta(before, after, rules()), {
    device: 1,
    close: [{ kind: 'port', key: 'tcp/22' }],
    open: [{ kind: 'port', key: 'tcp/22', value: 'filtered' }],
  });
});

test('a departure says when the session ended, and a return begins another', () => {
  const story = new Story(device());
  const presence = (value: string): Fact => ({ kind: 'presence', key: '', value });
  assert.deepEqual(story.scan(50, []).spans, [{ device: 1, close: [{ kind: 'presence', key: '' }], open: [presence(`away@${AT}`)] }]);
  assert.deepEqual(story.scan(60, [seen('10.0.0.1')]).spans, [
    { device: 1, close: [{ kind: 'presence', key: '' }], open: [presence('present')] },
  ]);
});

const unknown = { fact: { kind: 'presence', key: '', value: `unknown@${AT}` }, from: AT + HOUR } as const;

test('R34: a device seen again after nobody had looked was unknown in between, and begins a new session', () => {
  const told = new Story(device()).scan(8 * 60, [seen('10.0.0.1')], { watchedSince: AT + 8 * HOUR });
  assert.deepEqual(told.news, [], 'it is news to nobody');
  assert.deepEqual(told.spans, [
    {
      device: 1,
      close: [{ kind: 'presence', key: '', at: AT + HOUR }],
      open: [{ kind: 'presence', key: '', value: 'present' }],
      past: [{ ...unknown, to: AT + 8 * HOUR }],
    },
  ]);
});

test('the gap begins when the sighting goes stale, to the millisecond', () => {
  const before = device();
  const seenAt = (at: number): Device => device({ lastSeen: at, firstSeen: AT });
  assert.equal(spanDelta(before, seenAt(AT + HOUR), rules({ at: AT + HOUR })), null);
  assert.deepEqual(spanDelta(before, seenAt(AT + HOUR + 1), rules({ at: AT + HOUR + 1 }))?.past, [{ ...unknown, to: AT + HOUR + 1 }]);
});

test('R35: a device found missing after three days off was unknown from the moment its sighting went stale', () => {
  const minute = 3 * 24 * 60;
  const told = new Story(device()).scan(minute + 45, [], { watchedSince: AT + minute * MINUTE });
  const at = AT + (minute + 45) * MINUTE;
  assert.deepEqual(told.news, ['device.left 1']);
  assert.deepEqual(told.spans, [
    {
      device: 1,
      close: [{ kind: 'presence', key: '', at: AT + HOUR }],
      open: [{ kind: 'presence', key: '', value: `away@${AT}` }],
      past: [{ ...unknown, to: at }],
    },
  ]);
});

test('a device that was watched all along and left was never unknown', () => {
  const told = new Story(device({ window: 3 * HOUR })).scan(3 * 60, [], { watchedSince: AT - HOUR, stale: 3 * HOUR });
  assert.deepEqual([told.news, told.spans[0]?.past], [['device.left 1'], undefined]);
});

test('a device that was away stays away over a gap: nobody saw it come back', () => {
  const told = new Story(device({ presence: 'away' })).scan(8 * 60, [], { watchedSince: AT + 8 * HOUR });
  assert.deepEqual(told.touched, []);
});
