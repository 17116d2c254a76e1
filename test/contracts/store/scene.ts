import type { Change, ChangeDraft, Commit, Fact, Instant, Lease, LeaseHolder, Scan, ScanId, Store } from '../../../src/core/index.ts';

/** A fresh, empty store for one test. */
export interface Opened {
  readonly store: Store;
  /** Closes the store and opens what it left behind; absent where nothing is left behind. */
  readonly reopen?: () => Promise<Store>;
  stop(): Promise<void>;
}

export type Open = () => Promise<Opened>;

export const SITE = 'home';
export const MINUTE = 60_000;
/** When every story begins: 2026-01-01. */
export const START: Instant = 1_767_225_600_000;

export const keeper = (id: string): LeaseHolder => ({ id, pid: 4242, host: 'lab.example', startedAt: START });

/** What a test writes of a commit; the rest is a plain sweep that changed nothing. */
export type Story = Partial<Omit<Commit, 'scan'>> & { readonly scan?: Partial<Scan> };

export interface Scene {
  readonly store: Store;
  readonly lease: Lease;
  /** Begins a scan and commits it, finished at this moment. */
  commit(at: Instant, story?: Story): Promise<readonly Change[]>;
  /** The commit of a scan that has begun but is not yet committed. */
  prepare(at: Instant, story?: Story): Promise<Commit>;
}

/** A store whose lease we hold. */
export async function sceneIn(store: Store, holder = keeper('first')): Promise<Scene> {
  const answer = await store.acquireLease(holder, START, 365 * 24 * 60 * MINUTE);
  if (!answer.granted) throw new Error(`acquiring the lease: ${answer.holder.id} has it`);
  const { lease } = answer;
  const prepare = async (at: Instant, { scan, ...rest }: Story = {}): Promise<Commit> => {
    const finished = { ...sweep(at), ...scan };
    const id = await store.beginScan({ ...finished, outcome: 'running', finishedAt: null, coverage: null, cause: null }, lease);
    return { created: [], spans: [], sightings: [], changes: [], raw: null, ...rest, scan: { ...finished, id, finishedAt: at } };
  };
  return { store, lease, prepare, commit: async (at, story) => store.commit(await prepare(at, story), lease) };
}

/** A sweep that ended well at this moment. */
export function sweep(at: Instant, id: ScanId = 0): Scan & { finishedAt: Instant } {
  return {
    id,
    site: SITE,
    target: 1,
    subject: '192.0.2.0/24',
    plan: 'sweep',
    startedAt: at - 2000,
    finishedAt: at,
    outcome: 'complete',
    cause: null,
    coverage: {
      addresses: [
        {
          family: 4,
          first: 0xc0000200n,
          last: 0xc00002ffn,
        },
      ],
      ports: {},
      depth: 'presence',
      basis: 'asked',
    },
    vantage: {
      iface: 'eth0',
      privileged: true,
    },
    tool: {
      name: 'nmap',
      version: '7.93',
    },
    commands: [['nmap', '-sn', '--', '192.0.2.0/24']],
    asked: 256,
    up: 3,
    changes: 0,
    run: null,
  };
}

export const present: Fact = { kind: 'presence', key: '', value: 'present' };
export const awaySince = (at: Instant): Fact => ({ kind: 'presence', key: '', value: `away@${at}` });
export const at = (address: string): Fact => ({ kind: 'address', key: address, value: '' });
export const openPort = (port: number): Fact => ({ kind: 'port', key: `tcp/${port}`, value: 'open' });

export const appeared = (device: number): ChangeDraft => ({ kind: 'device.appeared', device, before: null, after: { name: `d${device}` } });

/** The story of one device seen for the first time. */
export function arrival(device: number, when: Instant, address = `192.0.2.${device}`): Story {
  return {
    created: [{ device, firstSeen: when }],
    spans: [{ device, close: [], open: [present, at(address)] }],
    sightings: [{ device, address }],
    changes: [appeared(device)],
  };
}
