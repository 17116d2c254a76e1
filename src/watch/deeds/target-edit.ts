import { Fault, type Instant, type PlanName, type PlanSchedule, type Target } from '../../core/index.ts';
import type { DueTimes, EditedTarget, TargetEdit } from '../deeds-asked.ts';
import { checkCadence, nextDue } from '../due.ts';
import { checkIface } from '../scan-order.ts';
import { type TargetDraft, usualSchedule } from '../target-book.ts';
import { standing } from '../target-standing.ts';
import type { Watching } from '../watching.ts';

/** Times told in advance, and schedules a target may have. */
const TIMES_TOLD = 5;
const MOST_SCHEDULES = 16;

/** Changes a target that people watch; it stays the same one, with its number and its history. */
export async function editTarget(wired: Watching, reference: string, edit: TargetEdit): Promise<EditedTarget> {
  const { outside, book, scheduler, feed } = wired;
  checkIface(edit.iface ?? undefined);
  if (edit.dryRun) {
    const known = book.find(reference, 'changing');
    return {
      target: { ...known, ...changed(wired, known, edit) },
      next: dueTimes(wired, { ...known, ...changed(wired, known, edit) }),
      dryRun: true,
    };
  }
  const target = await book.edit(
    reference,
    (known) => changed(wired, known, edit),
    () => outside.tenancy.get(),
  );
  scheduler.refresh();
  feed.publish({ kind: 'target.changed', target: target.id });
  return { target, next: dueTimes(wired, target), dryRun: false };
}

type Changeable = Pick<TargetDraft, 'schedule' | 'window' | 'iface'>;

/** What is not said stays. */
function changed(wired: Watching, known: Target, { schedule, plans = [], window, iface }: TargetEdit): Changeable {
  let next = schedule ?? known.schedule;
  for (const { plan, on } of plans)
    next = on ? switchedOn(wired, known, { plan, schedule: next }) : next.filter((one) => one.plan !== plan);
  refuseSchedule(known, next);
  return {
    schedule: next,
    window: window === undefined ? known.window : window,
    iface: iface === undefined ? known.iface : iface,
  };
}

/** At its usual times. */
function switchedOn(
  { outside }: Watching,
  { spec }: Target,
  { plan, schedule }: { readonly plan: PlanName; readonly schedule: readonly PlanSchedule[] },
): readonly PlanSchedule[] {
  if (schedule.some((one) => one.plan === plan)) return schedule;
  const usual = usualSchedule(spec, standing(outside.surroundings.networks(), spec)).filter((one) => one.plan === plan);
  if (usual.length > 0) return [...schedule, ...usual];
  throw new Fault('bad-input', `switching ${plan} of ${spec.text} on: it has no usual times`, 'give it a schedule, like at "0 4 * * 0"');
}

function refuseSchedule({ spec }: Target, schedule: readonly PlanSchedule[]): void {
  const doing = `changing when ${spec.text} is looked at`;
  if (schedule.length === 0)
    throw new Fault('bad-input', `${doing}: nothing would be left of it`, 'leave one plan on, or watch it no longer');
  if (schedule.length > MOST_SCHEDULES)
    throw new Fault('bad-input', `${doing}: ${schedule.length} schedules are too many`, `give ${MOST_SCHEDULES} at most`);
  for (const { cadence } of schedule) checkCadence(cadence);
  const texts = schedule.map((one) => JSON.stringify(one));
  const twice = schedule.find((_, i) => texts.indexOf(texts[i] as string) !== i);
  if (twice) throw new Fault('bad-input', `${doing}: ${twice.plan} is there twice with the same times`, 'leave one of them out');
}

/** When each plan is due from now on, if nothing puts it off. */
function dueTimes({ outside }: Watching, { spec, schedule }: Target): readonly DueTimes[] {
  return schedule.map(({ plan, cadence }) => {
    const at: Instant[] = [];
    for (let last = outside.clock.now(); at.length < TIMES_TOLD; last = at.at(-1) as Instant) {
      const due = nextDue(cadence, { key: `${spec.text} ${plan}`, last, now: last });
      if (!Number.isFinite(due)) break;
      at.push(due);
    }
    return { plan, cadence, at };
  });
}
