import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, type Observation, type ScanReport } from '../../src/core/index.ts';
import { covering, HOUR, MINUTE, seen } from '../make/device.ts';
import { declared, every, LAN, presence, type Stand, stand, told, watching } from './stand.ts';

const nothing = { config: { self: { watch: false } }, script: () => ({}) };
const noBytes = async function* (): AsyncGenerator<Uint8Array> {};

/** `nmap -sn NET | rollcall ingest`, now. */
async function ingest(
  house: Stand,
  observations: readonly Observation[],
  more: Partial<ScanReport> & { covers?: string[]; at?: number } = {},
) {
  const { covers = [], at, ...report } = more;
  house.reader.queue.push({ observations, ...report });
  return house.keeper.ingest({ bytes: noBytes(), name: 'stdin', covers, ...(at === undefined ? {} : { at }) });
}

const phone = seen('10.0.0.7', 7);
const kinds = async (done: ReturnType<typeof ingest>): Promise<string[]> => (await done).changes.map(({ kind }) => kind);

test('S1: never seen, still there, known but offline, as its three cases, with the window of 45 minutes', async () => {
  const house = await stand({ ...nothing, idle: true });
  assert.deepEqual(await kinds(ingest(house, [phone])), ['device.appeared']);
  await house.clock.pass(MINUTE);
  assert.deepEqual(await kinds(ingest(house, [phone])), []);
  for (let minute = 1; minute < 45; minute++) {
    await house.clock.pass(MINUTE);
    assert.deepEqual(await kinds(ingest(house, [])), [], `after ${minute} minutes`);
    assert.deepEqual(presence(house), ['1 present']);
  }
  await house.clock.pass(MINUTE);
  assert.deepEqual(await kinds(ingest(house, [])), ['device.left']);
  assert.deepEqual(await kinds(ingest(house, [])), []);
  await house.clock.pass(HOUR);
  assert.deepEqual(await kinds(ingest(house, [phone])), ['device.returned']);
  await house.end();
});

test('S1: a sleeper that answers each half hour never leaves', async () => {
  const house = await stand({ ...nothing, idle: true });
  for (let minute = 0; minute < 240; minute += 5) {
    await ingest(house, minute % 30 === 0 ? [phone] : []);
    await house.clock.pass(5 * MINUTE);
  }
  assert.deepEqual(await told(house), ['device.appeared 1']);
  await house.end();
});

test('a report says nothing about addresses it did not cover', async () => {
  const house = await stand({ ...nothing, idle: true });
  await ingest(house, [phone]);
  await house.clock.pass(HOUR);
  await ingest(house, [], { covers: ['10.0.0.128/25'] });
  assert.deepEqual(await told(house), ['device.appeared 1']);
  await ingest(house, [], { covers: ['10.0.0.0-10.0.0.20', '10.0.0.40'] });
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.left 1']);
  await house.end();
});

test('R6: a report that was cut off makes nobody leave, and one that failed is refused', async () => {
  const house = await stand({ ...nothing, idle: true });
  await ingest(house, [phone]);
  await house.clock.pass(HOUR);
  const cause = { code: 'cut-off', text: 'the report ends in the middle' } as const;
  await assert.rejects(ingest(house, [], { outcome: 'failed', cause, coverage: covering([LAN]) }), /the report ends in the middle/);
  assert.deepEqual(await kinds(ingest(house, [], { outcome: 'partial', cause, coverage: covering(['10.0.0.1']) })), []);
  await house.end();
});

test('truth only moves forward: an older report and one from the future are refused, and nothing is stored', async () => {
  const house = await stand({ ...nothing, idle: true });
  await ingest(house, [phone]);
  const { clock, keeper } = house;
  const refused = async (finishedAt: number, text: RegExp): Promise<void> =>
    assert.rejects(
      ingest(house, [], { finishedAt }),
      (fault) => fault instanceof Fault && fault.code === 'bad-input' && text.test(fault.message),
    );
  await refused(clock.now() - 46 * MINUTE, /before the newest scan/);
  await refused(clock.now() + 6 * MINUTE, /in the future/);
  await assert.rejects(ingest(house, [], { at: clock.now() - 2 * HOUR }), /before the newest scan/);
  await assert.rejects(ingest(house, [], { covers: ['nas.lan'] }), /a name does not say/);
  await assert.rejects(ingest(house, [], { covers: ['10.0.0.1/99'] }), /longer than/);
  assert.equal((await keeper.scans({ limit: 10 })).length, 1);
  await house.end();
});

test('a report that is a little old or a little ahead counts as taken between the newest scan and now', async () => {
  const house = await stand({ ...nothing, idle: true });
  await house.clock.pass(HOUR);
  const first = await ingest(house, [phone], { finishedAt: house.clock.now() - 30 * MINUTE, startedAt: house.clock.now() - 31 * MINUTE });
  assert.deepEqual([first.scan.finishedAt, first.scan.startedAt], [house.clock.now() - 30 * MINUTE, house.clock.now() - 31 * MINUTE]);
  const late = await ingest(house, [], { finishedAt: house.clock.now() - 40 * MINUTE, startedAt: house.clock.now() - 42 * MINUTE });
  assert.deepEqual([late.scan.finishedAt, late.scan.startedAt], [first.scan.finishedAt, (first.scan.finishedAt ?? 0) - 2 * MINUTE]);
  const early = await ingest(house, [], { finishedAt: house.clock.now() + 2 * MINUTE });
  assert.equal(early.scan.finishedAt, house.clock.now());
  await house.end();
});

test('a report is a scan of its own beside those of the schedule, and never goes behind them', async () => {
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [phone] }) });
  await house.clock.pass(10 * MINUTE);
  const { scan } = await ingest(house, [phone, seen('10.0.0.8', 8)], { finishedAt: house.clock.now() - 5 * MINUTE });
  assert.deepEqual([scan.plan, scan.subject, scan.target], ['ingest', 'stdin', null]);
  assert.ok((scan.finishedAt ?? 0) >= house.clock.now() - MINUTE);
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2']);
  await house.end();
});

test('what cannot be read is refused with the reason of the reader', async () => {
  const house = await stand({ ...nothing, idle: true });
  await assert.rejects(house.keeper.ingest({ bytes: noBytes(), name: 'stdin', covers: [] }), /it is empty/);
  assert.deepEqual(await house.keeper.scans({ limit: 1 }), []);
  await house.end();
});
