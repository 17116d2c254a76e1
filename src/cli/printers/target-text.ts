import type { TargetJson, TargetStatusJson } from '../../contract/index.ts';
import { formatDuration } from '../../core/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Piece } from '../terminal/output.ts';
import { spent } from './cost-text.ts';

type PlanStatus = TargetStatusJson['plans'][number];
type Schedule = TargetJson['schedule'][number];

export const TARGET_HEADING = ['ID', 'TARGET', 'PLAN', 'WHEN', 'LAST', 'OUTCOME', 'TOOK', 'FORECAST', 'NEXT', 'FROM'] as const;

/** Rows of the table of targets: one per plan. */
export function targetRows({ target, plans, blind }: TargetStatusJson): Piece[][] {
  if (plans.length === 0) return [[String(target.id), target.target, '-', '-', '-', '-', '-', '-', '-', target.source]];
  return plans.map((plan, i) => [
    i === 0 ? String(target.id) : '',
    i === 0 ? target.target : '',
    plan.plan,
    cadenceText(plan),
    plan.lastScan ? localTime(Date.parse(plan.lastScan.startedAt)) : 'never',
    outcomeOf(plan, blind),
    tookText(plan),
    spent(plan.forecast.likely),
    nextOf(plan),
    i === 0 ? target.source : '',
  ]);
}

/** "2026-11-27 18:00, put off by quiet hours (...)" */
function nextOf({ nextAt, putOff }: PlanStatus): Piece {
  if (putOff) return { text: `${localTime(Date.parse(putOff.until))}, put off by ${putOff.because.split(' (')[0]}`, tone: 'dim' };
  return nextAt ? localTime(Date.parse(nextAt)) : '-';
}

/** What its newest scan cost, beside the forecast: "60702 packets in 3m24s", or the time alone. */
function tookText({ measured }: PlanStatus): string {
  if (measured === null) return '-';
  const { packets, seconds } = measured;
  return packets === null ? formatDuration(Math.max(1, Math.round(seconds)) * 1000) : spent({ packets, seconds });
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
