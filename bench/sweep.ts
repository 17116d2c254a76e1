// A look at the test LAN by all ways beside `nmap -sn`, in the same run. Nothing leaves the namespaces it makes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coverageFromText } from '../src/core/index.ts';
import { openStore } from '../src/store/index.ts';
import { createLan, type Lan, startResponder, type VirtualHost } from '../test/lan/index.ts';
import type { Ask } from '../test/probes/look-from-here.ts';
import { type Looker, type PrintedReport, startLooker } from '../test/probes/looker.ts';
import { openKeeper } from './keeper.ts';
import { median, type Row, round, timed } from './row.ts';

const USUAL = 500;
const LIFTED = 0;
const RUNS = 3;
/** The /16 at the usual rate takes four minutes. */
const SLOW = process.env['SWEEP_SLOW'] !== '0';

export async function sweepRows(): Promise<Row[]> {
  return [...(await onLan({ hosts: 60 }, home)), ...(await onLan({ hosts: 1, block: '10.80.0.0/16' }, campus))];
}

async function onLan(options: Parameters<typeof createLan>[0], measure: (lan: Lan, looker: Looker) => Promise<Row[]>): Promise<Row[]> {
  const lan = await createLan(options);
  const looker = startLooker(['ip', 'netns', 'exec', lan.probe.namespace]);
  try {
    return await measure(lan, looker);
  } finally {
    await looker.close();
    await lan.stop();
  }
}

interface Took {
  readonly seconds: number;
  readonly seen: number;
}

async function look(looker: Looker, ask: Partial<Ask> & { readonly targets: readonly string[] }): Promise<Took> {
  let report: PrintedReport | undefined;
  const took = await timed(async () => {
    report = await looker.look({ plan: 'sweep', ...ask });
  });
  if (report?.outcome !== 'complete') throw new Error(`the look was ${report?.outcome}: ${report?.cause?.text}`);
  return { seconds: took / 1000, seen: report.observations.length };
}

async function often(looker: Looker, ask: Parameters<typeof look>[1]): Promise<Took> {
  await look(looker, ask);
  const runs: Took[] = [];
  for (let i = 0; i < RUNS; i++) runs.push(await look(looker, ask));
  return { seconds: median(runs.map(({ seconds }) => seconds)), seen: Math.min(...runs.map(({ seen }) => seen)) };
}

async function home(lan: Lan, looker: Looker): Promise<Row[]> {
  const nmap = await often(looker, { targets: [lan.block] });
  const usual = await often(looker, { targets: [lan.block], sweepRate: USUAL });
  const lifted = await often(looker, { targets: [lan.block], sweepRate: LIFTED });
  return [
    secondsRow('/24 with 60 devices, 500 frames/s', usual, { max: 1.5, nmap }),
    secondsRow('/24 with 60 devices, rate lifted', lifted, { max: 0.4, nmap }),
    { name: 'sweep /24: devices and the probe itself seen', value: Math.min(usual.seen, lifted.seen), unit: 'hosts', bar: { min: 61 } },
  ];
}

const DEVICES = 13_000;

async function campus(lan: Lan, looker: Looker): Promise<Row[]> {
  const empty = await often(looker, { targets: ['10.80.128.0/20'], sweepRate: LIFTED });
  const nmap = await look(looker, { targets: ['10.80.128.0/26'] });
  const responder = await startResponder(lan, { hosts: Array.from({ length: DEVICES }, (_, i) => virtualHost(lan, i)) });
  const lifted = await often(looker, { targets: [lan.block], sweepRate: LIFTED });
  const rows = [
    secondsRow('empty /20, rate lifted', empty, { max: 1 }),
    { name: 'nmap -sn of an empty /26 (a /20 is 64 of them)', value: round(nmap.seconds, 2), unit: 's' },
    secondsRow('/16 with 13,000 devices, rate lifted', lifted, { max: 5 }),
    { name: 'sweep /16, rate lifted: devices seen', value: lifted.seen, unit: 'hosts', bar: { min: DEVICES } },
  ];
  rows.push(...(await storedRows(lan, looker)));
  if (SLOW) rows.push(...(await slowRows(lan, looker)));
  await responder.stop();
  return rows;
}

/** Looked, compared with what is known and stored: a first time, when all are new, and again. */
async function storedRows(lan: Lan, looker: Looker): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const keeper = await openKeeper(await openStore({ kind: 'sqlite', path: join(folder, 'rollcall.db') }));
  const lookAndKeep = async (): Promise<number> =>
    timed(async () => {
      const { raw: _, coverage, ...report } = await looker.look({ plan: 'sweep', targets: [lan.block], sweepRate: LIFTED });
      await keeper.commit({ ...report, coverage: coverageFromText(coverage), raw: null });
    });
  const fresh = await lookAndKeep();
  const again = [await lookAndKeep(), await lookAndKeep(), await lookAndKeep()];
  const known = keeper.keeper.roll().devices.length;
  await keeper.close();
  await rm(folder, { recursive: true });
  return [
    { name: 'sweep /16, rate lifted, 13,000 new devices compared and stored', value: round(fresh / 1000, 3), unit: 's', bar: { max: 5 } },
    { name: 'the same again, nothing new', value: round(median(again) / 1000, 3), unit: 's', bar: { max: 5 } },
    { name: 'sweep /16: devices stored', value: known, unit: 'devices', bar: { min: DEVICES } },
  ];
}

/** Every address is asked once, and those that stay silent once more. */
async function slowRows(lan: Lan, looker: Looker): Promise<Row[]> {
  const usual = await look(looker, { targets: [lan.block], sweepRate: USUAL });
  const due = (65_536 + 65_536 - DEVICES) / USUAL;
  return [
    secondsRow('/16 with 13,000 devices, 500 frames/s', usual, { max: round(due * 1.1, 1) }),
    { name: 'sweep /16, 500 frames/s: devices seen', value: usual.seen, unit: 'hosts', bar: { min: DEVICES } },
  ];
}

/** Spread over the block, clear of the LAN's own host and probe. */
function virtualHost(lan: Lan, i: number): VirtualHost {
  const card = (0x540000 + i).toString(16).padStart(6, '0');
  return { address: lan.addressAt(256 + i * 5), mac: `02:00:5e:${card.slice(0, 2)}:${card.slice(2, 4)}:${card.slice(4)}` };
}

function secondsRow(name: string, { seconds: value }: Took, { max, nmap }: { readonly max: number; readonly nmap?: Took }): Row {
  const versus = nmap === undefined ? {} : { versus: { 'nmap -sn': round(nmap.seconds, 2) } };
  return { name: `sweep ${name}`, value: round(value, 3), unit: 's', bar: { max }, ...versus };
}
