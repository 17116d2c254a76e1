import type { TargetJson, TargetStatusJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Piece } from '../terminal/output.ts';

type PlanStatus = TargetStatusJson['plans'][number];
type Schedule = TargetJson['schedule'][number];

export const TARGET_HEADING = ['ID', 'TARGET', 'PLAN', 'WHEN', 'LAST', 'OUTCOME', 'NEXT', 'FROM'] as const;

/** Rows of the table of targets: one per plan. */
export function targetRows({ target, plans, blind }: TargetStatusJson): Piece[][] {
  if (plans.length === 0) return [[String(target.id), target.target, '-', '-', '-', '-', '-', target.source]];
  return plans.map((plan, i) => [
    i === 0 ? String(target.id) : '',
    i === 0 ? target.target : '',
    plan.plan,
    cadenceText(plan),
    plan.lastScan ? localTime(Date.parse(plan.lastScan.startedAt)) : 'never',
    outcomeOf(plan, blind),
    nextOf(plan),
    i === 0 ? target.source : '',
  ]);
}

/** "2026-11-27 18:00, put off by quiet hours (...)" */
function nextOf({ nextAt, putOff }: PlanStatus): Piece {
  if (putOff) return { text: `${localTime(Date.parse(putOff.until))}, put off by ${putOff.because}`, tone: 'dim' };
  return nextAt ? localTime(Date.parse(nextAt)) : '-';
}

function outcomeOf({ running, lastScan }: PlanStatus, blind: boolean): Piece {
  if (running !== null) return { text: `running (scan ${running})`, tone: 'dim' };
  if (blind && lastScan) return { text: `${lastScan.outcome}, blind`, tone: 'bad' };
  return lastScan?.outcome ?? '-';
}

/** "every 5m", or "0 3 * * * Europe/Berlin". */
export function cadenceText({ every, at, zone }: Schedule): string {
  return every === null ? [at, zone].filter(Boolean).join(' ') : `every ${every}`;
}

/** "sweep every 1m, ports 0 3 * * *" */
export const scheduleText = (schedule: readonly Schedule[]): string =>
  schedule.map((entry) => `${entry.plan} ${cadenceText(entry)}`).join(', ');
