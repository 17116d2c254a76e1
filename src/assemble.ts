import { randomUUID } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { createRouter } from './api/index.ts';
import {
  birthOf,
  type Connection,
  type DaemonOrder,
  ensureToken,
  type House,
  loadConfig,
  type MailRoute,
  mailRoute,
  STORE_FILE,
} from './cli/index.ts';
import type { Config } from './config/index.ts';
import {
  type Address,
  type ChannelMaker,
  type Clock,
  Fault,
  type LeaseHolder,
  type Listener,
  type Mirror,
  type Network,
  rangesHold,
} from './core/index.ts';
import {
  askPublicAddress,
  createHistoryReader,
  createListener,
  createMachine,
  createNames,
  createNeighbourListener,
  createProber,
  createReportReader,
  diagnose,
  type Machine,
  readNeighbours,
  readSentPackets,
  vendorOf,
} from './probes/index.ts';
import { openStore, restoreSqlite, type StoreLocation } from './store/index.ts';
import { createTenancy, createWatcher, type Log, type Surroundings, systemClock, type Watcher } from './watch/index.ts';

/** How often the list of this machine's networks is read anew. */
const LOOK_AROUND = 15_000;
/** How often the routing table is read: two small files of the kernel. */
const REROUTE = 1000;

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
}

/** What channels go by; of a daemon it changes when the config does. */
interface Reaching {
  config: Config;
  /** How mail leaves, or the fault that says why it cannot: only mail needs it. Left out: not asked yet. */
  mail?: () => MailRoute;
  /** Ports that we listen on ourselves. */
  ownPorts: readonly number[];
}

/** Whoever only looks never pays for what tells. */
async function makeChannels(reaching: Reaching): Promise<ChannelMaker> {
  const { createChannelMaker, createGuard } = await import('./channels/index.ts');
  const ownPorts = (): readonly number[] => reaching.ownPorts;
  // A reload may open other places.
  const guard = {
    judge: (address: string, port: number) => createGuard({ reach: reaching.config.alerts.reach, ownPorts }).judge(address, port),
  };
  const host = hostname();
  const mail = (reaching.mail ??= await mailOf(reaching.config));
  return createChannelMaker({ guard, now: Date.now, host, mail: () => (reaching.mail ?? mail)() });
}

/** Whoever has no mail channel never hears of the fault. */
const mailOf = (config: Config): Promise<() => MailRoute> =>
  mailRoute(config.mail, process, hostname()).then(
    (route) => () => route,
    (fault: unknown) => () => {
      throw fault;
    },
  );

/** Builds the house on its store: config to a watcher. Nothing is scheduled until it is started. */
export async function assemble({ places, config }: House, { version, log, patience, listens, reaching }: Use): Promise<Watcher> {
  const clock = systemClock;
  const machine = createMachine();
  const [surroundings, store] = await Promise.all([lookAround(machine, config.nmap.path), openStore(storeLocation(places.data, config))]);
  const tenancy = createTenancy({ store, clock, holder: await thisProcess(), isGone, patience });
  const nmap = config.nmap.path === null ? {} : { nmapPath: config.nmap.path };
  const prober = createProber({ clock, machine, sweepRate: config.sweep.rate, ...nmap });
  const names = createNames({ ...config.names, enabled: config.names.dns, clock });
  const kept = { version, config, store, tenancy, clock, log, pid: process.pid };
  const listener = listens ? earsOf(machine, clock) : null;
  const mouth = { channels: () => makeChannels(reaching ?? { config, ownPorts: [] }), dice: Math.random };
  const eyes = { prober, reader: createReportReader(), historyReader: createHistoryReader(), names, listener, vendorOf };
  const outside = { ...kept, ...eyes, ...mouth };
  try {
    return await createWatcher({ ...outside, surroundings, ...(listens && { mirror: (wish: Config) => mirrorOf(wish, version) }) });
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

/** Whom [mqtt] shows all of it to; null: nobody. */
async function mirrorOf({ mqtt, site }: Config, version: string): Promise<Mirror | null> {
  if (mqtt.url === null && mqtt.urlFile === null) return null;
  const { openMqttMirror } = await import('./channels/index.ts');
  return openMqttMirror({ ...mqtt, site: site.name, version, clock: systemClock, dice: Math.random });
}

/** Who may not capture frames still hears of those this machine talks to. */
const earsOf = (machine: Machine, clock: Clock): Listener =>
  machine.privileged() ? createListener({ machine, clock }) : createNeighbourListener({ machine, clock });

function storeLocation(data: string, config: Config): StoreLocation {
  return config.store.url === null ? { kind: 'sqlite', path: join(data, STORE_FILE) } : { kind: 'postgres', url: config.store.url };
}

/** The keeper's view of this machine; the list of networks is refreshed in the background while the process lives. */
async function lookAround(machine: Machine, nmap: string | null): Promise<Surroundings> {
  let networks: readonly Network[] = await machine.networks();
  let gateways = await gatewaysOf(machine);
  const refresh = async (): Promise<void> => {
    networks = await machine.networks().catch(() => networks);
  };
  // Whoever comes to another network has other routers, and the next look is judged by them.
  const reroute = async (): Promise<void> => {
    gateways = await gatewaysOf(machine).catch(() => gateways);
  };
  setInterval(() => void refresh(), LOOK_AROUND).unref();
  setInterval(() => void reroute(), REROUTE).unref();
  return {
    networks: () => networks,
    ifaceOf: (range) =>
      networks.find((network) => rangesHold([network.range], { family: range.family, value: range.first }))?.iface ?? null,
    gateways: () => gateways,
    privileged: () => machine.privileged(),
    diagnose: () => diagnose(machine, nmap),
    cardAt: async (address) => (await readNeighbours(machine))?.find((one) => one.address === address)?.mac ?? null,
    publicAddress: askPublicAddress,
    sentPackets: () => readSentPackets(),
  };
}

/** Routers through which this machine reaches the rest of the world. */
async function gatewaysOf(machine: Machine): Promise<readonly Address[]> {
  const routes = (await machine.routes()) ?? [];
  return [...new Set(routes.flatMap(({ via }) => via ?? []))];
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
  const watcher = await assemble(house, { version, log: SILENT, patience: 3000, listens: false });
  const client = createRouterClient(createRouter(), { context: { keeper: watcher.keeper, local: true } });
  return { client, daemon: false, close: () => watcher.stop() };
}

/** Runs the daemon until its signal stops it. Resolves to the exit code: 1 when another one has the store. */
export async function runDaemon(order: DaemonOrder, version: string): Promise<number> {
  const { places, config, verbose, signal } = order;
  const log = await daemonLog(verbose);
  const reaching: Reaching = { config, ownPorts: [config.http.port] };
  const watcher = await assemble(order, { version, log, patience: 0, listens: true, reaching });
  const { createDoor, createMetrics } = await import('./http/index.ts');
  const { keeper } = watcher;
  const metrics = createMetrics({ keeper, ...sizeOfStore(storeLocation(places.data, config)) });
  const door = createDoor({ keeper, token: await ensureToken(places.token), hosts: config.http.hosts, log, metrics });
  const lost = Promise.withResolvers<number>();
  const reload = (): void => void takeOver(watcher, { reaching, file: places.config, log, order });
  try {
    await watcher.claim();
    const { url } = await door.listenTcp(config.http);
    reaching.ownPorts = [Number(new URL(url).port)];
    await door.listenSocket(places.socket);
    process.on('SIGHUP', reload);
    await watcher.start(() => lost.resolve(1));
    log.info(
      { url, socket: places.socket, targets: watcher.keeper.targets().length, privileged: watcher.keeper.status().privileged },
      'ready',
    );
    const code = await Promise.race([stopped(signal), lost.promise]);
    log.info({}, code === 0 ? 'stopping' : 'stopping: another process took the store');
    return code;
  } finally {
    process.off('SIGHUP', reload);
    await door.close();
    await watcher.stop();
  }
}

/** What an embedded store takes on the disk, with what is not yet moved into it. */
function sizeOfStore(location: StoreLocation): { storeSize?: () => Promise<number | null> } {
  if (location.kind !== 'sqlite') return {};
  const sizeOf = (path: string): Promise<number | null> =>
    stat(path).then(
      ({ size }) => size,
      () => null,
    );
  const both = async (): Promise<number | null> => {
    const [store, log] = await Promise.all([sizeOf(location.path), sizeOf(`${location.path}-wal`)]);
    return store === null ? null : store + (log ?? 0);
  };
  return { storeSize: both };
}

/** One line of JSON per event. A log that cannot be written must not stop the watching (R49). */
async function daemonLog(verbose: boolean): Promise<Log> {
  const { pino } = await import('pino');
  const destination = pino.destination({ fd: 1, sync: true });
  destination.on('error', () => {});
  const log: Log = pino({ level: verbose ? 'debug' : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return log;
}

interface TakingOver {
  readonly reaching: Reaching;
  readonly file: string | null;
  readonly log: Log;
  readonly order: Pick<DaemonOrder, 'configChecks'>;
}

/** A changed config file; a broken one changes nothing (R48). */
async function takeOver(watcher: Watcher, { reaching, file, log, order }: TakingOver): Promise<void> {
  const before = { ...reaching };
  try {
    const config = await loadConfig(file, order);
    Object.assign(reaching, { config, mail: await mailOf(config) }); // its channels are tried by what it opens itself
    await watcher.reload(config);
    log.info({ file }, 'config reloaded');
  } catch (fault) {
    Object.assign(reaching, before);
    log.error({ file, fault: fault instanceof Error ? fault.message : String(fault) }, 'config not reloaded; the old one stays in force');
  }
}

function stopped(signal: DaemonOrder['signal']): Promise<number> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(0);
    signal.addEventListener('abort', () => resolve(0), { once: true });
  });
}

/** Puts a backup in place of the store; refused while somebody holds it. */
export async function restore({ places, config }: House, from: string): Promise<string | null> {
  const location = storeLocation(places.data, config);
  if (location.kind !== 'sqlite')
    throw new Fault('refused', 'restoring: the store is a PostgreSQL database', 'restore it with the tools of PostgreSQL');
  await mkdir(places.data, { recursive: true, mode: 0o700 });
  return (await restoreSqlite(from, location.path, Date.now())).kept;
}
