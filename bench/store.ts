/** The store's part of the benchmark: commits, loading, and what a row costs on disk. Run alone it prints JSON. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Commit, Lease, Scan, Store } from '../src/core/index.ts';
import { openStore } from '../src/store/index.ts';
import { median, type Row, round } from './row.ts';

const HOSTS = 10_000;
const START = 1_767_225_600_000;
const MINUTE = 60_000;

export async function storeRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  try {
    const path = join(folder, 'rollcall.db');
    const rows = [...(await timings(path)), ...bytesPerRow(path)];
    return rows.map((row) => ({ ...row, value: round(row.value) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timings(path: string): Promise<Row[]> {
  const store = await openStore({ kind: 'sqlite', path });
  const answer = await store.acquireLease({ id: 'bench', pid: process.pid, host: 'bench', startedAt: START }, START, MINUTE);
  if (!answer.granted) throw new Error('the lease of a fresh store is not free');
  const { lease } = answer;
  const scans = [];
  for (const minute of [0, 1, 2, 3, 4, 5]) {
    const work = await prepare(store, lease, minute);
    scans.push(await measure(() => store.commit(work, lease)));
  }
  const [arriving = NOTHING, ...unchanged] = scans;
  const loading = await measure(() => store.load('home'));
  const back = await measure(() => store.devicesAt('home', START + MINUTE));
  await store.close();
  return [
    { name: 'store: commit 10,000 new devices', value: arriving.took, unit: 'ms', bar: { max: 2000 } },
    { name: 'store: longest stall during that commit', value: arriving.stall, unit: 'ms', bar: { max: 50 } },
    { name: 'store: commit 10,000 unchanged hosts', value: median(unchanged.map(({ took }) => took)), unit: 'ms', bar: { max: 60 } },
    { name: 'store: load 10,000 devices', value: loading.took, unit: 'ms', bar: { max: 500 } },
    { name: 'store: 10,000 devices at a past moment', value: back.took, unit: 'ms', bar: { max: 1000 } },
  ];
}

interface Measure {
  readonly took: number;
  readonly stall: number;
}

const NOTHING: Measure = { took: Number.NaN, stall: Number.NaN };

/** How long work takes, and the longest time in which the event loop did not come round. */
async function measure(work: () => Promise<unknown>): Promise<Measure> {
  let stall = 0;
  let last = performance.now();
  let next = setImmediate(function turn() {
    stall = Math.max(stall, performance.now() - last);
    last = performance.now();
    next = setImmediate(turn);
  });
  const began = performance.now();
  await work();
  const took = performance.now() - began;
  await new Promise((resolve) => setImmediate(resolve));
  clearImmediate(next);
  return { took, stall };
}

async function prepare(store: Store, lease: Lease, minute: number): Promise<Commit> {
  const scan = sweep(START + minute * MINUTE);
  const id = await store.beginScan({ ...scan, outcome: 'running', finishedAt: null, coverage: null }, lease);
  const fresh = minute === 0;
  return {
    scan: { ...scan, id },
    created: fresh ? DEVICES.map((device) => ({ device, firstSeen: START })) : [],
    spans: fresh ? DEVICES.map(firstSpans) : [],
    sightings: DEVICES.map((device) => ({ device, address: addressOf(device) })),
    changes: fresh ? DEVICES.map(appeared) : [],
    raw: null,
  };
}

const DEVICES = Array.from({ length: HOSTS }, (_, index) => index + 1);
const addressOf = (device: number): string => `10.20.${device >> 8}.${device & 255}`;
const macOf = (device: number): string => `02:00:5e:00:${hex(device >> 8)}:${hex(device & 255)}`;
const hex = (octet: number): string => octet.toString(16).padStart(2, '0');

function firstSpans(device: number): Commit['spans'][number] {
  return {
    device,
    close: [],
    open: [
      { kind: 'presence', key: '', value: 'present' },
      { kind: 'mac', key: macOf(device), value: 'Example Corporation' },
      { kind: 'address', key: addressOf(device), value: '' },
      { kind: 'name', key: `host-${device}.home.example`, value: 'dns' },
      { kind: 'port', key: 'tcp/22', value: 'open' },
      { kind: 'asked', key: 'tcp', value: '1-1000' },
    ],
  };
}

function appeared(device: number): Commit['changes'][number] {
  return { kind: 'device.appeared', device, before: null, after: { addresses: [addressOf(device)], macs: [macOf(device)] } };
}

function sweep(finishedAt: number): Scan & { finishedAt: number } {
  return {
    id: 0,
    site: 'home',
    target: 1,
    subject: '10.20.0.0/16',
    plan: 'sweep',
    startedAt: finishedAt - 9000,
    finishedAt,
    outcome: 'complete',
    cause: null,
    vantage: {
      iface: 'eth0',
      privileged: true,
    },
    tool: {
      name: 'nmap',
      version: '7.93',
    },
    coverage: {
      addresses: [
        {
          family: 4,
          first: 0x0a140000n,
          last: 0x0a14ffffn,
        },
      ],
      ports: {},
      depth: 'presence',
      basis: 'asked',
    },
    commands: [['nmap', '-sn', '-n', '-oX', '-', '--', '10.20.0.0/16']],
    asked: 65536,
    up: HOSTS,
    changes: 0,
    run: null,
  };
}

/** Bytes on disk of one row with its indexes. */
function bytesPerRow(path: string): Row[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const bytes = (table: string): number => {
    const sizes = database.prepare('select sum(s.pgsize) as n from dbstat s join sqlite_master m on m.name = s.name where m.tbl_name = ?');
    return Number(sizes.get(table)?.['n']) / Number(database.prepare(`select count(*) as n from "${table}"`).get()?.['n']);
  };
  const rows = ['span', 'change', 'sighting', 'device'].map(
    (table): Row => ({ name: `store: one row of ${table}`, value: bytes(table), unit: 'bytes' }),
  );
  database.close();
  return [...rows, { name: 'store: file of 10,000 devices', value: statSync(path).size / 1e6, unit: 'MB' }];
}

if (import.meta.main) console.log(JSON.stringify(await storeRows(), null, 2));
