import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { AT, HOUR, MINUTE, mac } from '../make/device.ts';
import { monitorDump, sqlTime } from '../make/history.ts';
import { bring, DAY, FIRST, hours, idleStand, ingest, nightXml, present, row, sessions } from './import-stand.ts';

test('a table of the past becomes sessions on day one: nobody is present, and nobody came or left', async () => {
  const house = await idleStand();
  const result = await bring(house, {
    'dump.sql': monitorDump([row(1, -50 * HOUR, -48 * HOUR), row(1, -10 * HOUR, -9 * HOUR), row(2, -20 * HOUR, -2 * HOUR)]),
  });
  assert.deepEqual([result.devices, result.sessions, result.seq], [{ new: 2, known: 0 }, 3, 1]);
  assert.deepEqual(await sessions(house, mac(1)), ['present -50..-48', 'unknown -48..-10', 'present -10..-9', 'unknown -9..0'].slice(0, 4));
  assert.deepEqual(
    house.keeper.roll().devices.map(({ presence, firstSeen, lastSeen }) => [presence, hours(firstSeen), hours(lastSeen)]),
    [
      ['away', -50, -9],
      ['away', -20, -2],
    ],
  );
  const changes = await house.keeper.changes({ limit: 10 });
  assert.deepEqual(
    changes.map(({ kind, device }) => [kind, device]),
    [['history.imported', null]],
  );
  assert.equal(house.keeper.roll().at, null, 'an import is no look');
  const then = await house.keeper.rollAt(AT - 49 * HOUR);
  assert.deepEqual(
    then.devices.map(({ macs, presence, addresses }) => [macs[0]?.mac, presence, addresses[0]?.address]),
    [[mac(1), 'present', '10.0.0.1']],
  );
  await house.end();
});

test('what was watched is never touched: a past ends where our own knowledge begins, and first seen moves back', async () => {
  const house = await idleStand();
  await ingest(house, 1);
  await house.clock.pass(HOUR);
  await ingest(house);
  await house.clock.pass(HOUR);
  const spans = await house.store.spansOf(1);
  const result = await bring(house, { 'dump.sql': monitorDump([row(1, -30 * HOUR, -29 * HOUR), row(1, -HOUR, 2 * HOUR)]) });
  assert.deepEqual([result.devices, result.sessions], [{ new: 0, known: 1 }, 2]);
  const after = await house.store.spansOf(1);
  assert.deepEqual(
    after.filter(({ from }) => from >= AT),
    spans,
  );
  assert.deepEqual(await sessions(house, '1'), ['present -30..-29', 'unknown -29..-1', 'present -1..1', 'away 1..']);
  const [device] = house.keeper.roll().devices;
  assert.deepEqual([hours(device!.firstSeen), device?.presence, hours(device!.lastSeen)], [-30, 'away', 0]);
  assert.equal((await house.store.load('home')).devices[0]?.firstSeen, device?.firstSeen);
  await house.end();
});

test('whoever is known by an import only, and is seen now, has returned; the import told nobody', async () => {
  const house = await idleStand();
  await bring(house, { 'dump.sql': monitorDump([row(1, -30 * HOUR, -29 * HOUR), row(2, -30 * HOUR, -29 * HOUR)]) });
  await house.clock.pass(MINUTE);
  assert.deepEqual(await ingest(house, 1), ['device.returned 1']);
  await house.clock.pass(2 * HOUR);
  assert.deepEqual(await ingest(house, 1), [], 'whom nobody ever saw cannot leave');
  await house.end();
});

test('importing twice adds nothing twice, and a dry run writes nothing but says the same', async () => {
  const house = await idleStand();
  const dump = monitorDump([row(1, -50 * HOUR, -48 * HOUR), row(2, -20 * HOUR, -2 * HOUR, '10.0.0.9')]);
  const { dryRun: _a, seq, sources: _s, ...would } = await bring(house, { 'dump.sql': dump }, { dryRun: true });
  assert.deepEqual([seq, house.keeper.roll().devices.length, (await house.store.scans({ limit: 5 })).length], [null, 0, 0]);
  const { dryRun: _b, seq: told, sources: _t, ...did } = await bring(house, { 'dump.sql': dump });
  assert.deepEqual(did, would);
  assert.equal(told, 1);
  const before = [await house.store.spansOf(1), await house.store.spansOf(2)];
  await house.clock.pass(HOUR);
  const again = await bring(house, { 'renamed.sql': dump });
  assert.deepEqual([again.sessions, again.spans, again.seq, again.sources[0]?.before], [0, 0, null, true]);
  assert.deepEqual([await house.store.spansOf(1), await house.store.spansOf(2)], before);
  assert.deepEqual((await house.store.scans({ limit: 5 })).length, 1);
  await house.end();
});

test('a longer export some days later adds only the new part, over the moment of the first import too', async () => {
  const house = await idleStand();
  await bring(house, { 'a.sql': monitorDump([row(1, -50 * HOUR, -48 * HOUR), row(1, -3 * HOUR, -HOUR)]) });
  await house.clock.pass(5 * DAY);
  const later = [row(1, -50 * HOUR, -48 * HOUR), row(1, -3 * HOUR, 5 * HOUR), row(1, 100 * HOUR, 101 * HOUR, '10.0.0.77')];
  const result = await bring(house, { 'b.sql': monitorDump(later) });
  assert.deepEqual([result.devices, result.sessions], [{ new: 0, known: 1 }, 2]);
  assert.deepEqual(await present(house, mac(1)), ['present -50..-48', 'present -3..5', 'present 100..101']);
  assert.deepEqual(
    house.keeper.roll().devices[0]?.addresses.map(({ address }) => address),
    ['10.0.0.77'],
  );
  const again = await bring(house, { 'b.sql': monitorDump(later) });
  assert.deepEqual([again.sessions, again.spans], [0, 0]);
  await house.end();
});

test('of two programs, whoever saw a device is right; that it was missed counts only where nobody saw it', async () => {
  const house = await idleStand();
  const history = (rows: readonly (readonly [number, 0 | 1])[]): string =>
    `sesMac,sesDateTimeConnection,sesDateTimeDisconnection,sesIp\n${rows.map(([h, n]) => `"${mac(1)}","${sqlTime(AT + h * HOUR)}","${sqlTime(AT + (h + n) * HOUR)}",10.0.0.1`).join('\n')}\n`;
  await bring(house, {
    'a.csv': history([
      [-40, 1],
      [-10, 1],
    ]),
  });
  const result = await bring(house, { 'b.sql': monitorDump([row(1, -39.5 * HOUR, -20 * HOUR), row(1, -10 * HOUR, -9 * HOUR)]) });
  assert.equal(result.sessions, 1);
  assert.deepEqual(await present(house, mac(1)), ['present -40..-20', 'present -10..-9']);
  await house.end();
});

test('a scan that is taken in covers what it asked at its own time, so that moments can be compared', async () => {
  const house = await idleStand();
  await bring(house, {
    'a.xml': nightXml(
      [
        { up: true, open: true },
        { up: true, open: false },
      ],
      0,
    ),
    'b.xml': nightXml(
      [
        { up: true, open: false },
        { up: false, open: false },
      ],
      1,
    ),
  });
  const looks = await house.store.lastLooks('home', FIRST + DAY);
  assert.deepEqual(
    looks.map(({ plan, coverage }) => [plan, coverage.addresses.length > 0]),
    [['import', true]],
  );
  assert.deepEqual(await house.store.lastLooks('home', FIRST - DAY), []);
  const view = await house.keeper.view({ kind: 'moment', at: FIRST + HOUR, target: null } as never).catch((fault) => fault);
  assert.ok(!(view instanceof Error), String(view));
  await house.end();
});

test('law 2: whom nobody ever saw is not missing because years ago another program did not see them', async () => {
  const house = await idleStand();
  await bring(house, { 'a.xml': nightXml([{ up: true, open: true }], 0) });
  const choice = { kind: 'named', devices: [], unseen: ['10.0.0.9'] } as const;
  await house.keeper.approve({ choice, places: null, closeness: 'exact', by: null, why: null, until: null, dryRun: false });
  const said = async () => {
    const { items, unknown } = await house.keeper.drift({ target: null, at: null });
    return [items, unknown].map((list) => list.flatMap(({ kind, device: { addresses } }) => (addresses[0] === '10.0.0.9' ? [kind] : [])));
  };
  assert.deepEqual(await said(), [[], ['unknown']]);
  await ingest(house, 1);
  assert.deepEqual(await said(), [['device.missing'], []], 'now somebody has looked');
  await house.end();
});

test('labels of other programs are taken over where nobody said anything', async () => {
  const house = await idleStand();
  await ingest(house, 1);
  await house.keeper.editDevices([1], { alias: 'my printer' });
  await house.clock.pass(HOUR);
  const csv =
    '"devMac","devName","devOwner","devType","devVendor","devGroup","devFirstConnection","devLastConnection","devLastIP"\n' +
    `"${mac(1)}","Printer","Anna","Printer","Canon","office","2025-11-01 08:00:00","2025-12-01 08:00:00","10.0.0.1"\n` +
    `"${mac(2)}","=cmd|' /C calc'!A0\u001b[31m","Anna","Smartphone","(unknown)","","2025-11-01 08:00:00+02:00","","10.0.0.2"\n`;
  const result = await bring(house, { 'devices.csv': csv });
  assert.deepEqual([result.devices, result.labels, result.sources[0]?.format], [{ new: 1, known: 1 }, 6, 'netalertx']);
  const [printer, phone] = house.keeper.roll().devices;
  assert.deepEqual(
    [printer?.labels.alias, printer?.labels.owner, printer?.labels.type, printer?.labels.groups],
    ['my printer', 'Anna', 'printer', ['office']],
  );
  assert.equal(phone?.labels.type, 'phone');
  assert.equal(phone?.firstSeen, Date.UTC(2025, 10, 1, 6));
  await house.end();
});

test('a file of nothing of use is refused, with the reason', async () => {
  const house = await idleStand();
  const refused = (text: RegExp) => (thrown: unknown) =>
    thrown instanceof Fault && thrown.code === 'bad-input' && text.test(thrown.message);
  await assert.rejects(bring(house, { 'notes.txt': 'hello\n' }), refused(/notes\.txt: it is of no format that is known/));
  await assert.rejects(bring(house, { 'a.sql': monitorDump([row(1, 30 * DAY, 31 * DAY)]) }), refused(/in the future/));
  await assert.rejects(
    bring(house, { 'a.sql': monitorDump([row(1, -DAY, -HOUR)]) }, { zone: 'Mars/Olympus' }),
    refused(/no such time zone/),
  );
  assert.equal((await house.store.scans({ limit: 5 })).length, 0);
  await house.end();
});
