import type { CostJson, ScheduleJson, TargetJson, TargetStatusJson } from '../../contract/index.ts';
import { formatDuration, type PlanSchedule, type Target } from '../../core/index.ts';
import type { Cost, PlanStatus, TargetStatus } from '../../watch/index.ts';
import { instantOrNull, instantToJson } from '../moment.ts';
import { windowToJson } from './device.ts';
import { scanToJson } from './scan.ts';

export function scheduleToJson({ plan, cadence }: PlanSchedule): ScheduleJson {
  if (cadence.kind === 'every') return { plan, every: formatDuration(cadence.every), at: null, zone: null };
  return { plan, every: null, at: cadence.cron, zone: cadence.zone };
}

export function targetToJson({ id, site, spec, schedule, window, iface, source, createdAt }: Target): TargetJson {
  return {
    id,
    site,
    target: spec.text,
    schedule: schedule.map(scheduleToJson),
    window: windowToJson(window),
    iface,
    source,
    createdAt: instantToJson(createdAt),
  };
}

export function targetStatusToJson({ target, plans, blind }: TargetStatus): TargetStatusJson {
  return { target: targetToJson(target), plans: plans.map(planStatusToJson), blind };
}

function planStatusToJson(plan: PlanStatus): TargetStatusJson['plans'][number] {
  return {
    ...scheduleToJson(plan),
    nextAt: instantOrNull(plan.nextAt),
    ...(plan.ahead && { ahead: plan.ahead.map(instantToJson) }),
    lastScan: plan.lastScan && scanToJson(plan.lastScan),
    running: plan.running,
    forecast: costToJson(plan.cost),
    measured: plan.cost.measured && { seconds: plan.cost.measured.took / 1000, packets: plan.cost.measured.packets },
    putOff: plan.putOff && { until: instantToJson(plan.putOff.until), because: plan.putOff.because },
    skipped: plan.skipped,
  };
}

export function costToJson({ plan, addresses, present, forecast }: Omit<Cost, 'measured'>): CostJson {
  return { plan, addresses, present, likely: { ...forecast.likely }, worst: { ...forecast.worst } };
}
