import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULTS } from '../../src/config/index.ts';
import type { Instant } from '../../src/core/index.ts';
import { createReportReader } from '../../src/probes/index.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { monitorDump } from '../make/history.ts';
import { bring, DAY, FIRST, idle, idleStand, nightXml, ports, present, row } from './import-stand.ts';
import { daily, type Stand, stand } from './stand.ts';

/** Scans of a made-up LAN, night after night: which of five devices answered, and which had port 80 open. */
const nights = fc.array(fc.array(fc.record({ up: fc.boolean(), open: fc.boolean() }), { minLength: 5, maxLength: 5 }), {
  minLength: 1,
  maxLength: 6,
});

/** All spans of all devices, without who wrote them. */
async function memory(house: Stand): Promise<unknown> {
  const devices = [...house.keeper.roll().devices].sort((a, b) => (a.macs[0]!.mac < b.macs[0]!.mac ? -1 : 1));
  return Promise.all(
    devices.map(async ({ id, macs, firstSeen }) => [macs[0]?.mac, firstSeen, await present(house, String(id)), await ports(house, id)]),
  );
}

test('a folder of scans is what watching it live would have remembered, in whatever order the files lie', async () => {
  await fc.assert(
    fc.asyncProperty(nights, async (history) => {
      const [house, live] = [await idleStand(), await idleStand()];
      const files = history
        .map((hosts, night) => [`${(night * 7) % 11}.xml`, nightXml(hosts, night)] as const)
        .filter((_, night) => history[night]?.some(({ up }) => up));
      if (files.length > 0) await bring(house, Object.fromEntries(files));
      for (const [night, hosts] of history.entries()) {
        if (!hosts.some(({ up }) => up)) continue;
        const at = FIRST + night * DAY;
        await ingestXml(live, nightXml(hosts, night), at);
      }
      const bought = house.keeper
        .roll()
        .devices.map(({ macs, firstSeen, ports: open }) => [macs[0]?.mac, firstSeen, open.map(({ port, state }) => [port, state])]);
      const watched = live.keeper
        .roll()
        .devices.map(({ macs, firstSeen, ports: open }) => [macs[0]?.mac, firstSeen, open.map(({ port, state }) => [port, state])]);
      const sorted = (list: unknown[][]): unknown[][] => list.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
      assert.deepEqual(sorted(bought), sorted(watched));
      for (const { id, macs } of live.keeper.roll().devices) {
        const own = house.keeper.findDevice(macs[0]!.mac);
        assert.deepEqual(await ports(house, own.id), await ports(live, id));
      }
      await Promise.all([house.end(), live.end()]);
    }),
    { numRuns: 30 },
  );
});

/** A report of the past, taken in as it was made. */
async function ingestXml(live: Stand, xml: string, at: Instant): Promise<void> {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(xml);
  };
  live.reader.queue.push(await createReportReader().read(bytes(), { covers: null, now: at }));
  await live.keeper.ingest({ bytes: bytes(), name: 'night', covers: [], at });
}

/** Nights with the gateway always there, so that each has a look. */
const watchedNights = fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 8 });

test('sessions are those of a watch with the same looks: comings, goings, and the time nobody knows of', async () => {
  await fc.assert(
    fc.asyncProperty(watchedNights, async (drawn) => {
      const history = drawn.map((ups) => [...ups, true].map((up) => ({ up, open: true })));
      const presence = { ...DEFAULTS.presence, tolerance: 'fixed' as const, window: 45 * MINUTE };
      const [house, live] = [await idleStand(), await stand({ ...idle, config: { ...idle.config, presence } })];
      await live.keeper.watch({ target: '10.0.0.0/28', schedule: [daily('0 3 * * *')] });
      await bring(house, Object.fromEntries(history.map((hosts, night) => [`${night}.xml`, nightXml(hosts, night)])));
      for (const [night, hosts] of history.entries()) await ingestXml(live, nightXml(hosts, night), FIRST + night * DAY);
      const until = FIRST + (history.length - 1) * DAY;
      for (const { id, macs } of live.keeper.roll().devices) {
        const told = async (of: Stand, reference: string): Promise<unknown> =>
          of.keeper.sessionsOf(of.keeper.findDevice(reference), { since: FIRST - DAY, until });
        assert.deepEqual(await told(house, macs[0]?.mac ?? ''), await told(live, String(id)));
      }
      await Promise.all([house.end(), live.end()]);
    }),
    { numRuns: 40 },
  );
});

const rows = fc.array(
  fc.record({
    n: fc.integer({ min: 1, max: 4 }),
    from: fc.integer({ min: -900, max: -20 }),
    length: fc.integer({ min: 0, max: 15 }),
    ip: fc.integer({ min: 1, max: 6 }),
  }),
  { minLength: 1, maxLength: 25 },
);

test('imported twice, or in two halves, in whatever order, a table is what it is as a whole', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(25), fc.boolean(), async (drawn, cut, turned) => {
      const table = drawn.map(({ n, from, length, ip }) => row(n, from * HOUR, (from + length) * HOUR, `10.0.0.${ip}`));
      const [whole, parts] = [await idleStand(), await idleStand()];
      await bring(whole, { 'whole.sql': monitorDump(table) });
      const first = JSON.stringify(await memory(whole));
      await bring(whole, { 'whole.sql': monitorDump(table) });
      assert.equal(JSON.stringify(await memory(whole)), first, 'twice is once');
      const halves = [table.slice(0, cut), table.slice(cut)].filter((half) => half.length > 0);
      for (const half of turned ? halves.toReversed() : halves) {
        await bring(parts, { 'half.sql': monitorDump(half) });
        await parts.clock.pass(MINUTE);
      }
      assert.equal(JSON.stringify(await memory(parts)), first, 'in halves');
      await Promise.all([whole.end(), parts.end()]);
    }),
    { numRuns: 60 },
  );
});

test('a folder of scans in halves is what it is as a whole, where the halves are one behind the other', async () => {
  await fc.assert(
    fc.asyncProperty(nights, fc.nat(6), async (history, cut) => {
      const files = history
        .map((hosts, night) => [`${night}.xml`, nightXml(hosts, night)] as const)
        .filter((_, night) => history[night]?.some(({ up }) => up));
      if (files.length === 0) return;
      const [whole, parts] = [await idleStand(), await idleStand()];
      await bring(whole, Object.fromEntries(files));
      for (const half of [files.slice(0, cut), files]) if (half.length > 0) await bring(parts, Object.fromEntries(half));
      const state = (house: Stand) =>
        house.keeper
          .roll()
          .devices.map(({ macs, firstSeen, lastSeen, ports: open }) => [
            macs[0]?.mac,
            firstSeen,
            lastSeen,
            open.map(({ port, state: is }) => [port, is]),
          ])
          .sort();
      assert.deepEqual(state(parts), state(whole));
      await Promise.all([whole.end(), parts.end()]);
    }),
    { numRuns: 30 },
  );
});
