// `rollcall ndiff` beside Debian's Ndiff: the same two files, whole processes, by turns. About 1.1 GB of temporary files.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROLLCALL } from './house.ts';
import { type Cost, costOf } from './process.ts';
import { median, type Row, round } from './row.ts';
import { writeScans, writeSmallScans } from './scans.ts';

const NDIFF = '/usr/bin/ndiff';
/** Ndiff takes a minute for one comparison of 100,000 hosts. */
const RUNS_OF_SLOW = Number(process.env['NDIFF_RUNS'] ?? 1);
const RUNS = 3;

interface Case {
  readonly hosts: number | 'small';
  readonly options: readonly string[];
  readonly runs: { readonly ours: number; readonly theirs: number };
  /** `wall`, `cpu`: how many times less than Ndiff's it must be. `mb`: in 2^20 bytes. `seconds`: on the clock, whatever Ndiff takes. */
  readonly bars: { readonly wall?: number; readonly cpu?: number; readonly mb?: number; readonly seconds?: number };
}

const often = { ours: 11, theirs: 11 };
const both = { ours: RUNS, theirs: RUNS };
const slow = { ours: RUNS, theirs: RUNS_OF_SLOW };
const CASES: readonly Case[] = [
  { hosts: 'small', options: ['--text'], runs: often, bars: { seconds: 0.12 } },
  { hosts: 10_000, options: ['--text'], runs: both, bars: { wall: 7, cpu: 4, mb: 150 } },
  { hosts: 10_000, options: ['--xml'], runs: both, bars: { wall: 7, cpu: 4, mb: 150 } },
  { hosts: 10_000, options: ['-v', '--xml'], runs: both, bars: { wall: 5 } },
  { hosts: 100_000, options: ['--text'], runs: slow, bars: { wall: 12, cpu: 4, mb: 250 } },
  { hosts: 100_000, options: ['--xml'], runs: slow, bars: { wall: 12, cpu: 4, mb: 250 } },
];

/** Three rows for each case, and one that counts the runs in which the two did not say the same. */
export async function ndiffRows(): Promise<Row[]> {
  if (!existsSync(NDIFF)) throw new Error(`${NDIFF} is not there to compare with; install it: apt-get install ndiff`);
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    return await rowsOf(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rowsOf(folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  let [made, unlike]: [Case['hosts'] | null, number] = [null, 0];
  const paths = [join(folder, 'a.xml'), join(folder, 'b.xml')] as const;
  for (const one of CASES) {
    if (one.hosts !== made) await (one.hosts === 'small' ? writeSmallScans(paths) : writeScans(one.hosts, paths));
    made = one.hosts;
    const measured = await measure(one, paths);
    unlike += measured.unlike;
    rows.push(...rowsOfCase(one, measured));
  }
  return [
    ...rows,
    { name: 'ndiff: runs that end otherwise or print other bytes than Ndiff', value: unlike, unit: 'runs', bar: { max: 0 } },
  ];
}

interface Measured {
  readonly ours: Cost;
  readonly theirs: Cost;
  readonly unlike: number;
}

/** By turns, after one run that is not counted: of ours, since Ndiff compiles nothing that could be kept. */
async function measure({ options, runs }: Case, paths: readonly [string, string]): Promise<Measured> {
  const [ours, theirs] = [`${paths[0]}.ours`, `${paths[0]}.theirs`];
  const costs = { ours: [] as Cost[], theirs: [] as Cost[] };
  await costOf([ROLLCALL, 'ndiff', ...options, ...paths], ours);
  let unlike = 0;
  for (let i = 0; i < Math.max(runs.ours, runs.theirs); i++) {
    if (i < runs.theirs) costs.theirs.push(await costOf([NDIFF, ...options, ...paths], theirs));
    if (i >= runs.ours) continue;
    costs.ours.push(await costOf([ROLLCALL, 'ndiff', ...options, ...paths], ours));
    const alike = costs.ours.at(-1)?.status === costs.theirs.at(-1)?.status && (await readFile(ours)).equals(await readFile(theirs));
    if (!alike) unlike++;
  }
  if (costs.theirs.some(({ status }) => status !== 1)) throw new Error(`ndiff ${options.join(' ')} did not find the scans different`);
  return { ours: medianOf(costs.ours), theirs: medianOf(costs.theirs), unlike };
}

/** Of each figure by itself. */
function medianOf(costs: readonly Cost[]): Cost {
  const of = (figure: (cost: Cost) => number): number => median(costs.map(figure));
  return {
    wallSeconds: of((cost) => cost.wallSeconds),
    cpuSeconds: of((cost) => cost.cpuSeconds),
    rssMb: of((cost) => cost.rssMb),
    status: 1,
  };
}

function rowsOfCase({ hosts, options, bars }: Case, { ours, theirs }: Measured): Row[] {
  const what = `ndiff ${options.join(' ')}, ${hosts === 'small' ? 'two files of 2 KB' : `${hosts.toLocaleString('en')} hosts`}`;
  const seconds = (name: string, [own, other]: readonly [number, number], max?: number): Row => ({
    name: `${what}: ${name}`,
    value: round(own, 3),
    unit: 's',
    ...(max === undefined ? {} : { bar: { max: round(max, 3) } }),
    versus: { Ndiff: round(other, 3), 'times less': round(other / own) },
  });
  return [
    seconds('wall clock', [ours.wallSeconds, theirs.wallSeconds], bars.seconds ?? theirs.wallSeconds / (bars.wall ?? Number.NaN)),
    seconds('processor', [ours.cpuSeconds, theirs.cpuSeconds], bars.cpu && theirs.cpuSeconds / bars.cpu),
    {
      name: `${what}: peak memory`,
      value: round(ours.rssMb),
      unit: 'MB',
      ...(bars.mb === undefined ? {} : { bar: { max: bars.mb } }),
      versus: { Ndiff: round(theirs.rssMb) },
    },
  ];
}
