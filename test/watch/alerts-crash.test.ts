import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '../make/device.ts';
import { type AlertHouse, alertHouse, type Death, mortal, NEWCOMERS } from './alert-house.ts';
import { ManualClock } from './manual-clock.ts';
import { channel, RecordingChannels } from './recording-channels.ts';

const channels = [channel('phone', { kind: 'pager', ceiling: 0 }), channel('letterbox', { ceiling: 0 })];
const START = Date.UTC(2026, 0, 5, 8);

/** Numbers of the changes that new messages told, once for each message; doubles of one id count once at sinks that know ids. */
function toldBy(sinks: RecordingChannels, sink: string, isAware: boolean): number[] {
  const all = sinks.to(sink).filter(({ message: { alert } }) => alert?.kind === 'opened' || alert?.kind === 'joined');
  const once = isAware ? [...new Map(all.map((one) => [one.message.id, one])).values()] : all;
  return once.flatMap(({ message }) => (message.alert?.lines ?? []).map(({ seq }) => seq)).toSorted((a, b) => a - b);
}

/** One newcomer a minute; the process dies at some step, and another goes on with the store. */
async function dyingAt(death: Death | null, atReceipt?: number): Promise<RecordingChannels> {
  const { store, seen, die, isDead } = await mortal(death);
  const clock = new ManualClock(START);
  const sinks = new RecordingChannels(clock);
  if (atReceipt !== undefined) sinks.onReceived = () => void (sinks.received.length === atReceipt && die());
  let first: AlertHouse | undefined;
  void alertHouse({ store: seen, clock, sinks, channels }).then((house) => (first = house)); // it may die before it stands
  for (let host = 2; host < 8 && !isDead(); host++) {
    await clock.pass(MINUTE);
    first?.set(...range(1, host));
  }
  assert.ok(isDead(), 'it was to die on the way');
  sinks.onReceived = () => {};
  const later = new ManualClock(clock.now());
  const second = await alertHouse({ store, clock: later, sinks, channels, hosts: range(1, 6), isGone: () => true });
  await later.pass(2 * MINUTE);
  const appeared = await store.changes({ kinds: ['device.appeared'], limit: 100 });
  assert.equal(appeared.length, 6);
  const expected = appeared.map(({ seq }) => seq);
  assert.deepEqual(toldBy(sinks, 'phone', true), expected, 'a sink that knows ids hears of each once');
  const plain = toldBy(sinks, 'letterbox', false);
  assert.deepEqual([...new Set(plain)], expected, 'nobody is lost');
  assert.ok(plain.length <= expected.length + 1, `one crash repeats one message at most: ${plain.join(' ')}`);
  const waiting = await store.notifications({ site: 'home', states: ['waiting', 'dead'], limit: 10 });
  assert.deepEqual(waiting, []);
  await second.made.end();
  return sinks;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

for (const method of ['commit', 'changes', 'writeAlerts', 'alertMemory'] as const)
  for (const when of ['before', 'after'] as const) {
    const most = method === 'alertMemory' ? 1 : method === 'commit' ? 5 : 12;
    test(`R16, G1: a process killed ${when} each of its first ${most} calls of ${method} loses no alert and repeats none by id`, async () => {
      for (let nth = 1; nth <= most; nth++) await dyingAt({ method, nth, when });
    });
  }

test('R17: a process killed while a sink has the message and nobody has the receipt tells it again with the same id', async () => {
  for (let nth = 1; nth <= 8; nth++) {
    const sinks = await dyingAt(null, nth);
    const ids = ['phone', 'letterbox'].map((sink) => sinks.idsTo(sink));
    const doubles = ids.map((all) => all.length - new Set(all).size);
    assert.ok(Math.max(...doubles) === 1, `one of the sinks got it twice: ${doubles.join(' ')}`);
  }
});

test('R16: what single commands committed while no daemon ran is judged by the next start', async () => {
  const { store } = await mortal(null);
  const clock = new ManualClock(START);
  const sinks = new RecordingChannels(clock);
  const idle = await alertHouse({ store, clock, sinks, channels, idle: true });
  const { done } = await idle.made.keeper.startScan({ targets: ['10.0.0.0/24'], plan: 'sweep' });
  await clock.pass(MINUTE);
  await done;
  assert.deepEqual(sinks.received, []);
  await idle.made.end();
  const started = await alertHouse({ store, clock, sinks, channels, rules: [NEWCOMERS] });
  await clock.pass(1000);
  assert.deepEqual(sinks.toldTo('phone'), ['opened: 1']);
  await started.made.end();
});
