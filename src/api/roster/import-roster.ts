import type { RosterImportJson } from '../../contract/index.ts';
import { type Device, deviceName, Fault, formatDuration, type Labels, orFault } from '../../core/index.ts';
import { type RowPlan, RowPlanner, readTable, saysNew } from '../../inventory/index.ts';
import type { ApiContext } from '../context.ts';
import { mapInSlices } from '../slices.ts';
import { decodeText } from './decode.ts';

/** Rows told one by one. */
const MOST_SHOWN = 1000;

export interface RosterOrder {
  readonly file: File;
  readonly dryRun: boolean;
  readonly blanks: 'keep' | 'clear';
}

/** Says what devices are, by a table: of all rows or of none. */
export async function importRoster({ keeper }: ApiContext, { file, dryRun, blanks }: RosterOrder): Promise<RosterImportJson> {
  const table = orFault(readTable(decodeText(await file.bytes(), file.name)));
  const devices = new Map(keeper.roll().devices.map((device) => [device.id, device]));
  const planner = new RowPlanner(table, { roll: { devices }, blankClears: blanks === 'clear' });
  const plans = await mapInSlices(table.rows, (row) => planner.plan(row));
  const refused = plans.filter((plan) => !plan.ok);
  const news = plans.filter((plan) => plan.ok && saysNew(plan.touched));
  if (!dryRun) {
    refuseUnread(refused);
    const edits = news.flatMap((plan) => (plan.ok ? [{ device: plan.touched.before.id, edit: plan.edit }] : []));
    if (edits.length > 0) await keeper.editEach(edits);
  }
  return {
    dryRun,
    rows: plans.length,
    devices: news.length,
    same: plans.length - news.length - refused.length,
    refused: refused.length,
    shown: [...refused, ...news].slice(0, MOST_SHOWN).map(rowToJson),
  };
}

/** Nothing of a table is taken in while anything of it cannot be. */
function refuseUnread([first, ...others]: readonly RowPlan[]): void {
  if (!first || first.ok) return;
  const { line, fault } = first;
  const where = fault.column === null ? `line ${line}` : `line ${line}, column ${fault.column}`;
  const more = others.length === 0 ? '' : ` (and ${others.length} more rows that cannot be taken in)`;
  throw new Fault('bad-input', `reading ${where}: ${fault.reason}${more}`, `${fault.remedy}; a dry run shows all of them`);
}

function rowToJson(plan: RowPlan): RosterImportJson['shown'][number] {
  if (!plan.ok) return { line: plan.line, device: shownDevice(plan.device), changes: [], fault: { ...plan.fault } };
  const { before, after } = plan.touched;
  return { line: plan.line, device: shownDevice(before), changes: stepsOf(before.labels, after.labels), fault: null };
}

const shownDevice = (device: Device | null) => device && { id: device.id, name: deviceName(device) };

const stepsOf = (was: Labels, is: Labels) =>
  (Object.keys(is) as (keyof Labels)[])
    .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map((key) => ({ label: key === 'alias' ? 'name' : key, before: shownLabel(key, was[key]), after: shownLabel(key, is[key]) }));

const shownLabel = (key: keyof Labels, value: Labels[keyof Labels]): unknown =>
  key === 'window' && typeof value === 'number' ? formatDuration(value) : value;
