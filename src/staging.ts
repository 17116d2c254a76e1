import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import project from '#package' with { type: 'json' };
import { type Access, createAccess } from './access/index.ts';
import { createChannelMaker, createGuard } from './channels/index.ts';
import { ensureToken, STORE_FILE } from './cli/index.ts';
import { type Config, DEFAULTS } from './config/index.ts';
import { type ChannelMaker, Fault, type Instant } from './core/index.ts';
import * as demo from './demo/index.ts';
import { createDoor, createMetrics, type Door } from './http/index.ts';
import { createHistoryReader, createReportReader, vendorOf } from './probes/index.ts';
import { openStore } from './store/index.ts';
import { createTenancy, createWatcher, type Log, systemClock, type Watcher } from './watch/index.ts';

/** What a demo is started with. */
export interface DemoWish {
  /** Left out: "demo". The same seed and end of the story give the same month. */
  readonly seed?: string;
  /** On 127.0.0.1; left out, or 0: a free one. */
  readonly port?: number;
  /** A folder for all of it that holds no store yet; it stays. Left out: one that is made, and removed at the end. */
  readonly folder?: string;
  /** Whether a folder that was made stays. */
  readonly keep?: boolean;
  /** How many days of the month are played, 1 to 30; left out: all. A few start within two seconds. */
  readonly days?: number;
  /** Whether something happens every minute by itself; left out: yes. */
  readonly lively?: boolean;
  /** When the story ends and real time begins; left out: now. Never later than now. */
  readonly until?: Instant;
  /** Ends it while the past is played; later close() does. */
  readonly signal?: AbortSignal;
  readonly log?: Log;
  /** Told once a day of the month. */
  readonly told?: (daysLeft: number) => void;
}

/** A demo that runs. */
export interface Demo {
  /** Without a slash at its end. */
  readonly url: string;
  /** What programs show. */
  readonly token: string;
  /** Somebody who may do everything. */
  readonly user: { readonly name: string; readonly password: string };
  readonly folder: string;
  readonly story: demo.Story;
  readonly watcher: Watcher;
  /** Lets something happen now; see HAPPENINGS. Fault 'bad-input' for anything else. */
  happen(what: string): Promise<void>;
  /** Resolves when it is all ended and, unless it is kept, removed. */
  close(): Promise<void>;
}

const WEB = fileURLToPath(new URL('../web/dist', import.meta.url));
const unsaid = (): void => {};
const SILENT: Log = { debug: unsaid, info: unsaid, warn: unsaid, error: unsaid };

const DRIVE: demo.Drive = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (length, then) => {
    const timer = setTimeout(then, length);
    return () => clearTimeout(timer);
  },
  async settled() {
    for (let turn = 0; turn < 3; turn++) await nextTurn();
  },
};

/**
 * Starts the real product on a simulated home and office: a month of history is played through the real keeper, then it is open, and
 * live. Nothing is sent anywhere; it listens on 127.0.0.1 and on a unix socket in its folder, and starts no process.
 *
 * In tests: `const demo = await startDemo({ days: 2, lively: false })`, then `demo.url`, `demo.token`, `await demo.happen('stranger')`,
 * and `await demo.close()` at the end. As a program: `npm run demo -- --steered`, which says `ready {json}` and takes one happening a line.
 */
export async function startDemo(wish: DemoWish = {}): Promise<Demo> {
  const folder = await folderOf(wish);
  const remove = async (): Promise<void> => {
    if (wish.folder === undefined && !wish.keep) await rm(folder, { recursive: true, force: true });
  };
  try {
    const staged = await stage(folder, wish);
    const close = async (): Promise<void> => {
      await staged.close();
      await remove();
    };
    return { ...staged, close };
  } catch (fault) {
    await remove();
    throw fault;
  }
}

async function folderOf({ folder, days = demo.DAYS }: DemoWish): Promise<string> {
  if (!Number.isInteger(days) || days < 1 || days > demo.DAYS)
    throw new Fault('bad-input', `playing ${days} days: the story has 1 to ${demo.DAYS}`, 'choose a whole number of these');
  if (folder === undefined) return mkdtemp(join(tmpdir(), 'rollcall-demo-'));
  const wanted = resolve(folder);
  if (existsSync(join(wanted, STORE_FILE)))
    throw new Fault('refused', `staging a demo in ${wanted}: it holds a store already`, 'choose an empty folder');
  await mkdir(wanted, { recursive: true, mode: 0o700 });
  return wanted;
}

interface Play {
  readonly seed: string;
  readonly story: demo.Story;
  readonly world: demo.World;
  readonly clock: demo.LapseClock;
  readonly log: Log;
  readonly end: AbortController;
}

async function stage(folder: string, wish: DemoWish): Promise<Demo> {
  const { seed = 'demo', port = 0, days = demo.DAYS, log = SILENT, lively = true } = wish;
  const story = demo.tellStory({ seed, now: Math.min(wish.until ?? Date.now(), Date.now()), logs: folder });
  const clock = new demo.LapseClock(story.calendar.at(days, 0), DRIVE);
  const play: Play = { seed, story, clock, log, world: new demo.World(story.things), end: new AbortController() };
  const token = await ensureToken(join(folder, 'token'));
  const { watcher, access } = await assemble(play, { folder, port, token });
  const { keeper } = watcher;
  const door = createDoor({ keeper, access, log, metrics: createMetrics({ keeper }), web: WEB });
  const close = closing({ door, access, watcher, end: play.end });
  wish.signal?.addEventListener('abort', () => play.end.abort(), { once: true });
  if (wish.signal?.aborted) play.end.abort();
  try {
    await watcher.start(() => play.end.abort());
    const user = await admit(access);
    await perform(play, watcher, wish);
    const { url } = await door.listenTcp({ ...DEFAULTS.http, host: '127.0.0.1', port });
    await door.listenSocket(join(folder, 'rollcall.sock'));
    const scene = { world: play.world, hearer: keeper, seed, count: { strangers: 0 } };
    const failed = (what: string, fault: unknown): void => log.warn({ what, fault: String(fault) }, 'a happening failed');
    if (lively) void demo.liven({ clock, stage: scene, failed }, play.end.signal);
    return { url, token, user, folder, story, watcher, happen: async (what) => demo.happen(happeningOf(what), scene), close };
  } catch (fault) {
    await close();
    throw fault;
  }
}

function happeningOf(what: string): demo.Happening {
  const known = demo.HAPPENINGS.find((name) => name === what);
  if (known === undefined)
    throw new Fault('bad-input', `letting ${JSON.stringify(what)} happen: nobody knows how`, `use one of: ${demo.HAPPENINGS.join(', ')}`);
  return known;
}

interface Closing {
  readonly door: Door;
  readonly access: Access;
  readonly watcher: Watcher;
  readonly end: AbortController;
}

function closing({ door, access, watcher, end }: Closing): () => Promise<void> {
  let closed: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    end.abort();
    await door.close();
    await access.stop();
    await watcher.stop();
  };
  return () => {
    closed ??= closeAll();
    return closed;
  };
}

interface Set {
  readonly folder: string;
  readonly port: number;
  readonly token: string;
}

/** As src/assemble.ts does, with simulated parts in place of those that look at networks. */
async function assemble(play: Play, { folder, port, token }: Set): Promise<{ watcher: Watcher; access: Access }> {
  const { clock, log, seed } = play;
  const store = await openStore({ kind: 'sqlite', path: join(folder, STORE_FILE) });
  const holder = { id: randomUUID(), pid: process.pid, host: hostname(), startedAt: Date.now() };
  const tenancy = createTenancy({ store, clock: systemClock, holder, isGone: () => false });
  const config: Config = { ...DEFAULTS, self: { watch: false }, http: { ...DEFAULTS.http, port } };
  let throws = 0;
  const dice = (): number => demo.chance(seed, 'dice', throws++);
  const kept = { version: project.version, config, store, tenancy, clock, log, pid: process.pid, dice };
  const readers = { reader: createReportReader(), historyReader: createHistoryReader() };
  try {
    const watcher = await createWatcher({ ...kept, ...eyesOf(play), ...readers, channels: async () => heldBy(clock) });
    const lease = (): ReturnType<Watcher['lease']> => watcher.lease();
    return { watcher, access: await createAccess({ store: store.access, lease, clock: systemClock, log, local: token }) };
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

function eyesOf({ clock, world, seed, story }: Play) {
  const counts = new Map<string, number>();
  const sent = (iface: string, packets: number): void => void counts.set(iface, (counts.get(iface) ?? 0) + packets);
  const step = (): number => (clock.isLive ? 500 : Number.POSITIVE_INFINITY);
  return {
    prober: demo.createDemoProber({ clock, world, seed, dawn: story.calendar.today, vendorOf, step, sent }),
    names: demo.createDemoNames({ world, clock }),
    listener: demo.createDemoListener({ clock, world }),
    waker: demo.createDemoWaker(world),
    surroundings: demo.demoSurroundings(world, counts),
    vendorOf,
  };
}

/** Channels that reach no host; and in the past nobody goes on before a message is written: a file is written in real time. */
function heldBy(clock: demo.LapseClock): ChannelMaker {
  const guard = createGuard({ reach: [], ownPorts: () => [] });
  const maker = createChannelMaker({ guard, now: () => clock.now(), host: 'demo' });
  return {
    ...maker,
    open: async (kind, options) => {
      if (kind !== 'log') throw new Fault('refused', `telling by ${kind}: a demo tells nobody outside`, 'use a channel of kind "log"');
      const channel = await clock.holding(maker.open(kind, options));
      return { ...channel, send: (message, signal, overhear) => clock.holding(channel.send(message, signal, overhear)) };
    },
  };
}

async function admit(access: Access): Promise<Demo['user']> {
  await access.claim();
  const user = { name: 'demo', password: randomBytes(12).toString('base64url') };
  await access.addUser({ ...user, role: 'admin' });
  return user;
}

/** Plays the past, and leaves its clock live. */
async function perform({ clock, world, story, log, end }: Play, { keeper }: Watcher, { told = unsaid }: DemoWish): Promise<void> {
  const words = { hearer: keeper, world };
  const failed = (word: object, fault: unknown): void => log.warn({ word, fault: String(fault) }, 'a word of the story was refused');
  const say = (word: demo.Word): Promise<void> => demo.say(word, words).catch((fault: unknown) => failed(word, fault));
  void demo.fulfil({ clock, world, on: story.on, from: story.calendar.first }, end.signal);
  void demo.tellMonth(story.sayings, { clock, say }, end.signal);
  let left = Number.POSITIVE_INFINITY;
  await clock.lapse(end.signal, (at) => {
    const now = Math.floor((story.calendar.now - at) / 86_400_000);
    if (now < left) told(now);
    left = Math.min(left, now);
  });
  if (end.signal.aborted) throw new Fault('unavailable', 'playing the month: it was stopped', 'start it again');
  await say({ kind: 'watch', every: demo.CADENCE.live, ports: true });
}
