import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { assemble, storeLocation } from './assemble.ts';
import { type DaemonOrder, ensureToken, loadConfig } from './cli/index.ts';
import type { Config } from './config/index.ts';
import { mailOf, providerOf, type Reaching } from './reaching.ts';
import type { StoreLocation } from './store/index.ts';
import type { Log, Watcher } from './watch/index.ts';

/** Where the dashboard lies once it is built. */
const WEB = fileURLToPath(new URL('../web/dist', import.meta.url));

/** Runs the daemon until its signal stops it. Resolves to the exit code: 1 when another one has the store. */
export async function runDaemon(order: DaemonOrder, version: string): Promise<number> {
  const { places, config, verbose, signal } = order;
  const log = await daemonLog(verbose);
  const reaching: Reaching = { config, ownPorts: [config.http.port] };
  const token = await ensureToken(places.token);
  const { watcher, access } = await assemble(order, { version, log, patience: 0, listens: true, reaching, token });
  const { createDoor, createMetrics } = await import('./http/index.ts');
  const { keeper } = watcher;
  const metrics = createMetrics({ keeper, ...sizeOfStore(storeLocation(places.data, config)) });
  const oidc = providerOf(config, log);
  const door = createDoor({
    keeper,
    access,
    hosts: config.http.hosts,
    proxies: config.http.proxies,
    log,
    metrics,
    web: WEB,
    ...(oidc && { oidc }),
  });
  const lost = Promise.withResolvers<number>();
  const reload = (): void => {
    void takeOver(watcher, { reaching, file: places.config, log, order, atStart: config });
    void door.rereadPair();
  };
  try {
    await watcher.claim();
    await access.claim();
    const { url, port } = await door.listenTcp(config.http);
    reaching.ownPorts = [port];
    await door.listenSocket(places.socket);
    process.on('SIGHUP', reload);
    await watcher.start(() => lost.resolve(1));
    log.info(
      { url, socket: places.socket, targets: watcher.keeper.targets().length, privileged: watcher.keeper.status().privileged },
      'ready',
    );
    offerSetup(order, url, access.setupLink());
    const code = await Promise.race([stopped(signal), lost.promise]);
    log.info({}, code === 0 ? 'stopping' : 'stopping: another process took the store');
    return code;
  } finally {
    process.off('SIGHUP', reload);
    await door.close();
    await access.stop();
    await watcher.stop();
  }
}

/** Only to the terminal of whoever started it: a link in a log is a link for all who read logs. */
function offerSetup({ offer }: DaemonOrder, url: string, link: { readonly secret: string } | null): void {
  if (link) offer?.(`${url}/setup#${link.secret}`);
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
  readonly atStart: Config;
}

/** A changed config file; a broken one changes nothing (R48). */
async function takeOver(watcher: Watcher, { reaching, file, log, order, atStart }: TakingOver): Promise<void> {
  const before = { ...reaching };
  try {
    const config = await loadConfig(file, order);
    Object.assign(reaching, { config, mail: await mailOf(config) }); // its channels are tried by what it opens itself
    await watcher.reload(config);
    log.info({ file }, 'config reloaded');
    if (!isDeepStrictEqual(config.oidc, atStart.oidc))
      log.warn({ file, table: 'oidc' }, 'config reloaded, but [oidc] holds after a restart only');
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
