import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { getEventMeta } from '@orpc/client';
import { slimItems } from '../../src/api/live-slim.ts';
import type { LiveItem } from '../../src/contract/index.ts';
import { AT, MINUTE, mac, port, seen } from '../make/device.ts';
import { declared, every, LAN, type Stand, stand, watching } from './stand.ts';

type Told = { readonly presence: string; readonly lastSeen: string; readonly name: string | null; readonly open: readonly string[] };

/** What a browser does with the stream: it holds rows, and comes back with the id of the last event. */
class Browser {
  readonly rows = new Map<number, Told>();
  readonly seqs: number[] = [];
  snapshots = 0;
  lastEventId: string | undefined;
  #stop = new AbortController();
  #reading: Promise<void> = Promise.resolve();

  connect({ keeper }: Stand): void {
    this.#stop = new AbortController();
    const { lastEventId } = this;
    this.#reading = this.#read(
      slimItems({ keeper, signal: this.#stop.signal, tick: 5, ...(lastEventId !== undefined && { lastEventId }) }),
    );
  }

  async leave(): Promise<void> {
    this.#stop.abort();
    await this.#reading;
  }

  async #read(items: AsyncGenerator<LiveItem>): Promise<void> {
    for await (const item of items) {
      this.lastEventId = getEventMeta(item)?.id ?? this.lastEventId;
      this.#fold(item);
    }
  }

  #fold(item: LiveItem): void {
    if (item.kind === 'snapshot.slim') {
      this.snapshots++;
      this.rows.clear();
      for (const row of item.rows) this.rows.set(row.id, told(row));
    }
    if (item.kind === 'commit.slim') {
      this.seqs.push(...item.changes.map(({ seq }) => seq));
      for (const row of item.rows) this.rows.set(row.id, told(row));
      for (const id of item.gone) this.rows.delete(id);
    }
    if (item.kind !== 'standing') return;
    for (const { presence, lastSeen, devices } of item.groups)
      for (const id of devices) this.rows.set(id, { ...(this.rows.get(id) as Told), presence, lastSeen });
  }
}

const told = ({ presence, lastSeen, name, open }: Told): Told => ({ presence, lastSeen, name, open });

/** The roll as rows have it. */
function rollOf({ keeper }: Stand): ReadonlyMap<number, Told> {
  const devices = keeper.roll().devices.map((device): [number, Told] => {
    const open = device.ports.flatMap(({ protocol, port: number, state }) => (state === 'open' ? [`${number}/${protocol}`] : []));
    const name = device.labels.alias ?? device.names[0]?.name ?? null;
    return [device.id, { presence: device.presence, lastSeen: new Date(device.lastSeen).toISOString(), name, open }];
  });
  return new Map(devices);
}

/** Waits until the browser shows what the keeper believes, at most three seconds. */
async function alike(browser: Browser, home: Stand): Promise<void> {
  const deadline = performance.now() + 3000;
  const same = (): boolean => JSON.stringify([...browser.rows].sort(byId)) === JSON.stringify([...rollOf(home)].sort(byId));
  while (!same() && performance.now() < deadline) await pause(5);
  assert.deepEqual([...browser.rows].sort(byId), [...rollOf(home)].sort(byId));
}

const byId = (a: readonly [number, unknown], b: readonly [number, unknown]): number => a[0] - b[0];

test('a page shows what is believed, whatever comes, goes, is merged, named or forgotten, and however often its line is cut', async () => {
  const lan = new Map([1, 2, 3, 4, 5].map((n) => [n, seen(`10.0.0.${n}`, n)]));
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [...lan.values()] }) });
  await home.clock.pass(3 * MINUTE);
  const browser = new Browser();
  browser.connect(home);
  await alike(browser, home);

  lan.delete(5);
  await home.clock.pass(90 * MINUTE);
  assert.equal(home.keeper.findDevice('5').presence, 'away');
  await alike(browser, home);

  await browser.leave();
  lan.set(6, seen('10.0.0.6', 6, { ports: [port(22)] }));
  await home.clock.pass(5 * MINUTE);
  await home.keeper.editDevices([1], { alias: '<b>gateway</b>' });
  await home.keeper.mergeDevices({ keep: 2, absorb: [5] });
  browser.connect(home);
  await alike(browser, home);
  assert.equal(browser.rows.has(5), false, 'it is part of another by now');

  await browser.leave();
  await home.keeper.undoMerge({ device: '2', part: null });
  await home.keeper.forgetDevices([4]);
  lan.delete(4);
  browser.connect(home);
  await home.clock.pass(2 * MINUTE);
  await alike(browser, home);
  assert.deepEqual([browser.rows.has(5), browser.rows.has(4), browser.rows.get(1)?.name], [true, false, '<b>gateway</b>']);

  assert.equal(browser.snapshots, 1, 'it never had to begin anew');
  assert.deepEqual(
    browser.seqs,
    browser.seqs.map((_, i) => (browser.seqs[0] ?? 0) + i),
    'each change once, and none left out',
  );
  await browser.leave();
  await home.end();
});

test('presence that runs out while nobody looks reaches the page without any commit', async () => {
  const home = await stand({ config: watching(), script: () => ({ hosts: [seen('10.0.0.1', 1)] }) });
  const { done } = await home.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  await home.clock.pass(20_000);
  await done;
  const browser = new Browser();
  browser.connect(home);
  await alike(browser, home);
  const { seq } = home.keeper.roll();
  await home.clock.pass(48 * 60 * MINUTE);
  assert.deepEqual([home.keeper.roll().seq, home.keeper.findDevice(mac(1)).presence], [seq, 'unknown']);
  await alike(browser, home);
  assert.equal(browser.rows.get(1)?.presence, 'unknown');
  await browser.leave();
  await home.end();
});

test('a page that sleeps through more than is worth telling begins anew, and shows the same', async () => {
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [seen('10.0.0.1', 1)] }) });
  await home.clock.pass(2 * MINUTE);
  const browser = new Browser();
  browser.connect(home);
  await alike(browser, home);
  await browser.leave();
  for (let i = 0; i < 1002; i++) await home.keeper.editDevices([1], { alias: `name ${i}` });
  browser.connect(home);
  await alike(browser, home);
  assert.deepEqual([browser.snapshots, Number(browser.lastEventId), home.keeper.roll().at !== null], [2, home.keeper.roll().seq, true]);
  assert.ok(home.clock.now() > AT);
  await browser.leave();
  await home.end();
});
