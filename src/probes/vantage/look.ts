import type { Cause, Clock, LookOrder, Millis, ScanReport, StopSignal } from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import type { RawOutput } from '../raw-output.ts';
import { joinParts } from './join-parts.ts';
import type { Part } from './parts.ts';
import { failed, type Verdict } from './verdict.ts';

/** What is the same for all parts of one look, whatever the tool. */
export interface Look {
  readonly order: LookOrder;
  readonly machine: Machine;
  readonly clock: Clock;
  /** Path of the tool. */
  readonly tool: string;
  readonly raw: RawOutput;
  readonly signal: StopSignal;
  /** On the monotonic clock: when the budget of the whole look is spent. */
  readonly deadline: Millis;
}

export interface PartEnd {
  readonly part: Part;
  readonly verdict: Verdict;
  /** null when the tool was not even started. */
  readonly command: readonly string[] | null;
  /** As the tool gave it. */
  readonly version: string | null;
}

/** Time ran out, or the user did, before a part's turn. */
export function notBegun({ signal, clock, deadline, order }: Look): Cause | null {
  if (signal.aborted) return { code: 'stopped', text: 'the scan was stopped' };
  if (clock.monotonic() < deadline) return null;
  return { code: 'over-budget', text: `the scan took longer than its ${Math.round(order.plan.budget / 1000)} s` };
}

/** A part for which the tool was not started. */
export function notStarted(part: Part, cause: Cause): PartEnd {
  const verdict = cause.code === 'stopped' ? { ...failed(cause), outcome: 'cancelled' as const } : failed(cause);
  return { part, verdict, command: null, version: null };
}

/** A report without what only the clock and the order know. */
export type Findings = Omit<ScanReport, 'startedAt' | 'finishedAt' | 'asked'>;

/** What one tool found in all parts together. */
export function findingsOf(tool: string, ends: readonly PartEnd[]): Omit<Findings, 'vantage' | 'raw'> {
  const version = ends.find((end) => end.version !== null)?.version ?? '';
  const commands = ends.flatMap(({ command }) => (command === null ? [] : [command]));
  return { ...joinParts(ends), tool: { name: tool, version }, commands };
}

/** What a tool finds that could not look at all. */
export function unseen(tool: string, cause: Cause, machine: Machine): Findings {
  const vantage = { iface: null, privileged: machine.privileged() };
  return { ...failed(cause), vantage, tool: { name: tool, version: '' }, commands: [], raw: null };
}
