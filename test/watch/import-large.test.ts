import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, type Store } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { AT, HOUR, MINUTE, mac } from '../make/device.ts';
import { type MonitorRow, monitorDump } from '../make/history.ts';
import { bring, idle, idleStand, nightXml, present } from './import-stand.ts';
import { type Stand, stand } from './stand.ts';

const DEVICES = 12;
const EACH = 10_000;

/** More than two transactions take: twelve devices that came and went ten thousand times. */
function table(): string {
  const rows: MonitorRow[] = [];
  for (let i = 0; i < EACH; i++) {
    const from = AT - (EACH - i) * HOUR - HOUR;
    for (let n = 1; n <= DEVICES; n++) rows.push({ mac: mac(n), ip: `10.0.0.${n}`, from, to: from + 5 * MINUTE });
  }
  return monitorDump(rows, { perInsert: 5000 });
}

const counts = async (house: Stand): Promise<unknown> => {
  const spans = await Promise.all(house.keeper.roll().devices.map(async ({ id }) => (await house.store.spansOf(id)).length));
  return {
    spans,
    changes: (await house.keeper.changes({ limit: 10 })).map(({ kind, after }) => [kind, after?.['sessions'], after?.['newDevices']]),
  };
};

/** A disk that is full at one commit, and empty again after it. */
function fullAt(store: Store, broken: number): Store {
  let commits = 0;
  return {
    ...store,
    commit: (work, lease) => {
      if (++commits === broken) return Promise.reject(new Fault('unavailable', 'storing scan: the disk is full'));
      return store.commit(work, lease);
    },
  };
}

test('a large import is several transactions and one change, and one that was stopped goes on where it was', {
  timeout: 120_000,
}, async () => {
  const dump = table();
  const whole = await idleStand();
  const did = await bring(whole, { 'events.sql': dump });
  assert.deepEqual([did.devices.new, did.sessions, did.seq], [DEVICES, DEVICES * EACH, 1]);
  const imports = await whole.store.scans({ plan: 'import', limit: 10 });
  assert.deepEqual(imports.map(({ changes }) => changes).sort(), [0, 0, 1], 'the last one tells of all');
  const expected = await counts(whole);

  const torn = await stand({ ...idle, store: fullAt(await openStore({ kind: 'memory' }), 2) });
  await assert.rejects(bring(torn, { 'events.sql': dump }), /the disk is full/);
  assert.deepEqual(await torn.keeper.changes({ limit: 10 }), [], 'what is not whole is not told');
  const { sessions } = await bring(torn, { 'events.sql': dump });
  assert.ok(sessions > 0 && sessions < DEVICES * EACH, `${sessions} were missing`);
  const after = (await counts(torn)) as { spans: number[] };
  assert.deepEqual(after.spans, (expected as { spans: number[] }).spans);
  assert.equal((await present(torn, mac(DEVICES), AT - 10 * HOUR)).length, 9);
  await Promise.all([whole.end(), torn.end()]);
});

test('one import of several programs’ files is one history of each device', async () => {
  const house = await idleStand();
  const night = nightXml([{ up: true, open: true }], 0);
  const result = await bring(house, {
    'night.xml': night,
    'events.sql': monitorDump([{ mac: mac(1), ip: '10.0.0.1', from: AT - 5 * HOUR, to: AT - 4 * HOUR }]),
    'arp.dat': `${mac(1)}\t10.0.0.1\t${(AT - 3 * HOUR) / 1000}\tprinter\teth0\n`,
  });
  assert.deepEqual(
    [result.devices, result.sources.map(({ format }) => format)],
    [{ new: 1, known: 0 }, ['nmap', 'network-monitor', 'arpwatch']],
  );
  assert.equal((await present(house, mac(1))).length, 3);
  const [device] = house.keeper.roll().devices;
  assert.deepEqual([device?.names[0]?.name, device?.ports.map(({ port }) => port), device?.lastSeen], ['printer', [80], AT - 3 * HOUR + 0]);
  const again = await bring(house, { 'night.xml': night });
  assert.deepEqual([again.spans, again.seq], [0, null]);
  await house.end();
});
