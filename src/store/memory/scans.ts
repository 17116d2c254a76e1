import { coverageText, type Instant, type Run, type RunId, type Scan, type ScanId, type ScanQuery } from '../../core/index.ts';
import { finishedScan, unfinishedScan, unknownScan } from '../faults.ts';
import { INTERRUPTED } from '../interrupted.ts';
import type { KeptScan, State } from './state.ts';

export function beginScan(state: State, scan: Omit<Scan, 'id' | 'run' | 'changes'>): ScanId {
  const id = ++state.given.scan;
  state.scans.set(id, { ...scan, id, outcome: 'running', finishedAt: null, run: null, changes: 0, spans: 0 });
  return id;
}

/** The running scan that this one ends; throws when there is none. */
export function runningScan(state: State, { id, outcome }: Pick<Scan, 'id' | 'outcome'>): KeptScan {
  if (outcome === 'running') throw unfinishedScan(id);
  const running = state.scans.get(id);
  if (!running) throw unknownScan(id);
  if (running.run !== null) throw finishedScan(id);
  return running;
}

export type FinishedScan = Omit<Scan, 'run' | 'changes'> & { readonly finishedAt: Instant };

export function finishScan(state: State, scan: FinishedScan, made: { changes: number; spans: number }): void {
  const { site, target, subject, plan } = runningScan(state, scan);
  const ended = { ...scan, site, target, subject, plan };
  state.scans.set(scan.id, { ...ended, ...made, run: joinRun(state, ended) });
}

function joinRun(state: State, scan: FinishedScan): RunId {
  const { site, target, subject, plan, outcome, cause, coverage, vantage, tool, commands } = scan;
  const topic = JSON.stringify([site, target, subject, plan]);
  const terms = JSON.stringify([outcome, cause, coverage && coverageText(coverage), vantage, tool, commands]);
  const runs = state.runs.get(topic) ?? [];
  state.runs.set(topic, runs);
  const last = runs.at(-1);
  if (last?.terms === terms) {
    runs[runs.length - 1] = { ...last, lastAt: scan.finishedAt, count: last.count + 1 };
    return last.id;
  }
  const id = ++state.given.run;
  const look = { ...scan, run: id, changes: 0 };
  runs.push({ id, terms, look, firstAt: scan.startedAt, firstEnd: scan.finishedAt, lastAt: scan.finishedAt, count: 1 });
  return id;
}

export function closeInterrupted(state: State, now: Instant): number {
  const running = [...state.scans.values()].filter(({ run }) => run === null);
  for (const scan of running) finishScan(state, { ...scan, ...INTERRUPTED, finishedAt: now }, { changes: 0, spans: 0 });
  return running.length;
}

const shown = ({ spans: _, ...scan }: KeptScan): Scan => scan;

export function readScans(state: State, { target, plan, before, limit }: ScanQuery): readonly Scan[] {
  const wanted = [...state.scans.values()].filter(
    (scan) =>
      (target === undefined || scan.target === target) &&
      (plan === undefined || scan.plan === plan) &&
      (before === undefined || scan.id < before),
  );
  return wanted.reverse().slice(0, limit).map(shown);
}

export function readScan(state: State, id: ScanId): Scan | undefined {
  const scan = state.scans.get(id);
  return scan && shown(scan);
}

export function readRun(state: State, id: ScanId): Run | undefined {
  const wanted = state.scans.get(id)?.run;
  const run = [...state.runs.values()].flat().find((entry) => entry.id === wanted);
  return run && { id: run.id, firstAt: run.firstAt, lastAt: run.lastAt, count: run.count };
}
