import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { type Access, createAccess } from './access/index.ts';
import { createRouter } from './api/index.ts';
import { birthOf, type Connection, type House, STORE_FILE } from './cli/index.ts';
import type { Config } from './config/index.ts';
import { Fault, type LeaseHolder, OWNER } from './core/index.ts';
import { createHistoryReader, createNames, createProber, createReportReader, createWaker, type Machine, vendorOf } from './probes/index.ts';
import { makeChannels, mirrorOf, type Reaching } from './reaching.ts';
import { openStore, restoreSqlite, type StoreLocation } from './store/index.ts';
import { earsOf, lookAround, standHere } from './surroundings.ts';
import { createTenancy, createWatcher, type Log, systemClock, type Watcher } from './watch/index.ts';

/** What differs between a daemon and a single command. */
interface Use {
  readonly version: string;
  readonly log: Log;
  /** How long to wait for another command that is writing, in ms. */
  readonly patience: number;
  /** A single command ends before it would hear anything. */
  readonly listens: boolean;
  /** Left out: as the config is now. */
  readonly reaching?: Reaching;
  /** The secret in the state folder; a single command lets nobody in. */
  readonly token?: string;
}

export interface Assembled {
  readonly watcher: Watcher;
  readonly access: Access;
}

/** Builds the house on its store: config to a watcher, and to who may ask it. Nothing is scheduled until it is started. */
export async function assemble(house: House, use: Use): Promise<Assembled> {
  const { machine, end } = await standHere(house.places.runner, { clock: systemClock, log: use.log });
  try {
    const { watcher, access } = await assembleOn(machine, house, use);
    return { watcher: { ...watcher, stop: () => watcher.stop().finally(end) }, access };
  } catch (fault) {
    end();
    throw fault;
  }
}

async function assembleOn(machine: Machine, { places, config }: House, use: Use): Promise<Assembled> {
  const { version, log, patience, listens, reaching, token } = use;
  const clock = systemClock;
  const [surroundings, store] = await Promise.all([lookAround(machine, config.nmap.path), openStore(storeLocation(places.data, config))]);
  const tenancy = createTenancy({ store, clock, holder: await thisProcess(), isGone, patience });
  const nmap = config.nmap.path === null ? {} : { nmapPath: config.nmap.path };
  const prober = createProber({ clock, machine, sweepRate: config.sweep.rate, ...nmap });
  const names = createNames({ ...config.names, enabled: config.names.dns, clock });
  const kept = { version, config, store, tenancy, clock, log, pid: process.pid };
  const listener = listens ? earsOf(machine, clock) : null;
  const mouth = { channels: () => makeChannels(reaching ?? { config, ownPorts: [] }), dice: Math.random };
  const eyes = {
    prober,
    reader: createReportReader(),
    historyReader: createHistoryReader(),
    names,
    listener,
    vendorOf,
    waker: createWaker(),
  };
  const outside = { ...kept, ...eyes, ...mouth };
  try {
    const mirror = listens && { mirror: (wish: Config) => mirrorOf(wish, version) };
    const watcher = await createWatcher({ ...outside, surroundings, ...mirror });
    const elsewhere = { elsewhere: config.oidc.issuer !== null, elsewhereLabel: config.oidc.label };
    const entrance = { store: store.access, lease: () => watcher.lease(), clock, log, ...elsewhere };
    return { watcher, access: await createAccess({ ...entrance, ...(token !== undefined && { local: token }) }) };
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

/** Where the config says that it remembers. */
export function storeLocation(data: string, config: Config): StoreLocation {
  return config.store.url === null ? { kind: 'sqlite', path: join(data, STORE_FILE) } : { kind: 'postgres', url: config.store.url };
}

/** The birth goes into the id, so that a later process with the same pid is not taken for the holder. */
async function thisProcess(): Promise<LeaseHolder> {
  const birth = (await birthOf(process.pid)) ?? '';
  return { id: `${birth}#${randomUUID()}`, pid: process.pid, host: hostname(), startedAt: Math.round(performance.timeOrigin) };
}

/** Only of processes on this machine can we say that they are gone. */
async function isGone({ id, pid, host }: LeaseHolder): Promise<boolean> {
  return host === hostname() && (await birthOf(pid)) !== id.split('#')[0];
}

const unsaid = (): void => {};
const SILENT: Log = { debug: unsaid, info: unsaid, warn: unsaid, error: unsaid };

/** The handlers of the contract in this process, on the store they open. What only the daemon needs is not loaded. */
export async function openInProcess(house: House, version: string): Promise<Connection> {
  await mkdir(house.places.data, { recursive: true, mode: 0o700 });
  const { watcher, access } = await assemble(house, { version, log: SILENT, patience: 3000, listens: false });
  const context = { keeper: watcher.keeper, access, caller: OWNER, local: true };
  const close = async (): Promise<void> => {
    await access.stop();
    await watcher.stop();
  };
  return { client: createRouterClient(createRouter(), { context }), daemon: false, close };
}

/** Puts a backup in place of the store; refused while somebody holds it. */
export async function restore({ places, config }: House, from: string): Promise<string | null> {
  const location = storeLocation(places.data, config);
  if (location.kind !== 'sqlite')
    throw new Fault('refused', 'restoring: the store is a PostgreSQL database', 'restore it with the tools of PostgreSQL');
  await mkdir(places.data, { recursive: true, mode: 0o700 });
  return (await restoreSqlite(from, location.path, Date.now())).kept;
}
