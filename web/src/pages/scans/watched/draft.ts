import type { ScheduleInput, ScheduleJson } from '../../../../../src/contract/index.ts';
import type { PlanName } from '../../../../../src/core/index.ts';

/** One plan of a schedule while it is edited; fields of the way that is not chosen keep what was typed. */
export interface DraftRow {
  readonly plan: PlanName;
  readonly way: 'every' | 'at';
  readonly every: string;
  readonly at: string;
  /** Empty: that of the machine. */
  readonly zone: string;
}

export const NEW_ROW: DraftRow = { plan: 'ports', way: 'at', every: '5m', at: '0 3 * * *', zone: '' };

export const rowsOf = (schedule: readonly ScheduleJson[]): DraftRow[] =>
  schedule.map(({ plan, every, at, zone }) => ({
    plan,
    way: at === null ? 'every' : 'at',
    every: every ?? NEW_ROW.every,
    at: at ?? NEW_ROW.at,
    zone: zone ?? '',
  }));

/** When a row is due, as the contract asks. */
export const cadenceOf = ({ way, every, at, zone }: DraftRow): Omit<ScheduleInput, 'plan'> =>
  way === 'every' ? { every: every.trim() } : { at: at.trim(), ...(zone.trim() !== '' && { zone: zone.trim() }) };

export const inputOf = (rows: readonly DraftRow[]): ScheduleInput[] => rows.map((row) => ({ plan: row.plan, ...cadenceOf(row) }));

/** What is wrong with a schedule before anybody is asked; null: nothing that can be seen here. */
export function faultOf(rows: readonly DraftRow[]): 'none' | 'twice' | 'empty' | null {
  if (rows.length === 0) return 'none';
  if (new Set(rows.map(({ plan }) => plan)).size < rows.length) return 'twice';
  return rows.some((row) => (row.way === 'every' ? row.every : row.at).trim() === '') ? 'empty' : null;
}
