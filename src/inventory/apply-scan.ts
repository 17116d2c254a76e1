import type { Device, DeviceId, ScanReport, SpanDelta } from '../core/index.ts';
import { foldDevice, type Judgement, unseenDevice } from './fold-device.ts';
import { type IdentityReason, identify, type Sighted } from './identify.ts';
import { markAbsent } from './mark-absent.ts';
import type { PresenceRules } from './presence.ts';
import { type Roll, withDevices } from './roll.ts';
import { spanDelta, unwatchedGap } from './span-delta.ts';

/** A device that a scan changed: `before` is null when it is new. */
export interface Touched {
  readonly before: Device | null;
  readonly after: Device;
  /** Why the hosts were taken for this device; null when it was not seen. */
  readonly reason: IdentityReason | null;
}

/** What one scan makes of the roll. */
export interface Fold {
  readonly roll: Roll;
  /** Only devices of which a fact changed; a mere sighting is in `sightings`. */
  readonly touched: readonly Touched[];
  readonly spans: readonly SpanDelta[];
  readonly sightings: readonly { readonly device: DeviceId; readonly address: string }[];
}

/** Folds a scan into the roll: first who was seen, then, with the scan's coverage, who was not. */
export function applyScan(roll: Roll, report: Pick<ScanReport, 'observations' | 'coverage'>, rules: PresenceRules): Fold {
  const judgement = { coverage: report.coverage, rules };
  const sighted = identify(roll, report.observations);
  const seen = new Set(sighted.map(({ device }) => device));
  const steps = [...sighted.map((entry) => seenStep(roll, entry, judgement)), ...missedSteps(roll, seen, judgement)];
  const deltas = steps.map((step) => ({ step, delta: isTouched(step, rules) ? spanDelta(step.before, step.after, rules) : null }));
  const touched = deltas.filter(({ delta }) => delta !== null);
  return {
    roll: withDevices(
      roll,
      steps.map(({ after }) => after),
    ),
    touched: touched.map(({ step }) => step),
    spans: touched.map(({ delta }) => delta as SpanDelta),
    sightings: sighted.flatMap(({ device, observations }) =>
      [...new Set(observations.map(({ address }) => address))].map((address) => ({ device, address })),
    ),
  };
}

function seenStep(roll: Roll, { device, reason, observations }: Sighted, judgement: Judgement): Touched {
  const before = roll.devices.get(device) ?? null;
  const after = foldDevice(before ?? unseenDevice(device, roll.site, judgement.rules.at), observations, judgement);
  return { before, after, reason };
}

function missedSteps(roll: Roll, seen: ReadonlySet<DeviceId>, { coverage, rules }: Judgement): Touched[] {
  if (coverage.addresses.length === 0) return [];
  const steps: Touched[] = [];
  for (const before of roll.devices.values()) {
    if (seen.has(before.id)) continue;
    const after = markAbsent(before, coverage, rules);
    if (after !== before) steps.push({ before, after, reason: null });
  }
  return steps;
}

/** Whether more than the last sighting can have changed: cheap, so that a quiet scan of 10,000 hosts stays cheap. */
function isTouched({ before, after }: Touched, rules: PresenceRules): boolean {
  if (before === null) return true;
  const same =
    before.presence === after.presence &&
    before.macs === after.macs &&
    before.names === after.names &&
    before.ports === after.ports &&
    before.asked === after.asked &&
    before.os === after.os;
  return !same || !sameAddresses(before, after) || unwatchedGap(before, after, rules) !== null;
}

function sameAddresses(before: Device, after: Device): boolean {
  return (
    before.addresses.length === after.addresses.length &&
    before.addresses.every(({ address }, i) => address === after.addresses[i]?.address)
  );
}
