import type { Commit, Device, DeviceId, Instant, ScanReport, SpanDelta } from '../core/index.ts';
import { portKey } from '../diff/index.ts';
import { foldDevice, type Judgement, sameNames, unseenDevice } from './fold-device.ts';
import { type IdentityReason, identify, type Sighted } from './identify.ts';
import { markAbsent } from './mark-absent.ts';
import type { PresenceRules } from './presence.ts';
import { seenMeanwhile } from './presence-leavers.ts';
import { sameRhythm } from './rhythm.ts';
import { type Roll, withDevices } from './roll.ts';
import { spanDelta, unwatchedGap } from './span-delta.ts';
import { withoutOthers } from './told-apart.ts';

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
  /** Open ports that were asked what they serve. */
  readonly checked: NonNullable<Commit['checked']>;
}

/** Folds a scan into the roll: first who was seen, then, with the scan's coverage, who was not. */
export function applyScan(roll: Roll, report: Report, rules: PresenceRules): Fold {
  const folding = foldScan(roll, report, rules);
  for (;;) {
    const { done, value } = folding.next();
    if (done) return value;
  }
}

/** `startedAt` may be left out of a report that took no time. */
type Report = Pick<ScanReport, 'observations' | 'coverage'> & Partial<Pick<ScanReport, 'startedAt'>>;

/** Devices worked on before somebody else may have a turn: about a millisecond's worth. */
const SLICE = 200;

/** The same in slices: it stops after each one, for whoever has other things to do meanwhile. */
export function* foldScan(roll: Roll, report: Report, rules: PresenceRules): Generator<void, Fold> {
  const { observations, coverage, startedAt = rules.at } = report;
  const sighted = identify(roll, observations);
  const folded: Device[] = [];
  const changed: { readonly step: Touched; readonly delta: SpanDelta }[] = [];
  for (const step of stepsOf(roll, sighted, { coverage, rules, startedAt })) {
    folded.push(step.after);
    const delta = isTouched(step, rules) ? spanDelta(step.before, step.after, rules) : null;
    if (delta) changed.push({ step, delta });
    if (folded.length % SLICE === 0) yield;
  }
  const after = withDevices(roll, folded);
  return {
    roll: after,
    touched: changed.map(({ step }) => step),
    spans: changed.map(({ delta }) => delta),
    sightings: sighted.flatMap((entry) => sightingsOf(entry, after.devices.get(entry.device))),
    checked: coverage.depth === 'versions' ? folded.flatMap((device) => checkedAt(device, rules.at)) : [],
  };
}

function* stepsOf(roll: Roll, sighted: readonly Sighted[], judgement: Judgement & { readonly startedAt: Instant }): Generator<Touched> {
  const cleared = withoutOthers(sighted);
  for (const entry of sighted) yield seenStep(roll, entry, { ...judgement, cleared });
  if (judgement.coverage.addresses.length === 0) return;
  const seen = new Set(sighted.map(({ device }) => device));
  for (const before of roll.devices.values()) {
    if (seen.has(before.id) || seenMeanwhile(before, judgement)) continue;
    const after = markAbsent(before, judgement.coverage, judgement.rules);
    if (after !== before) yield { before, after, reason: null };
  }
}

function seenStep(
  roll: Roll,
  { device, reason, observations }: Sighted,
  { cleared, ...judgement }: Judgement & { readonly cleared: (device: Device) => Device },
): Touched {
  const before = roll.devices.get(device) ?? null;
  const after = foldDevice(before ? cleared(before) : unseenDevice(device, roll.site, judgement.rules.at), observations, judgement);
  return { before, after, reason };
}

/** Where the scan dated a device: not at addresses that the fold did not believe. */
function sightingsOf({ device, observations }: Sighted, after: Device | undefined): Fold['sightings'] {
  const believed = new Set(after?.addresses.map(({ address }) => address));
  return [...new Set(observations.map(({ address }) => address))]
    .filter((address) => believed.has(address))
    .map((address) => ({ device, address }));
}

const checkedAt = ({ id, ports }: Device, at: Instant): Fold['checked'] =>
  ports.flatMap((port) => (port.checkedAt === at ? [{ device: id, port: portKey(port) }] : []));

/** Whether more than the last sighting can have changed: cheap, so that a quiet scan of 10,000 hosts stays cheap. */
function isTouched({ before, after }: Touched, rules: PresenceRules): boolean {
  if (before === null) return true;
  const same =
    before.presence === after.presence &&
    before.macs === after.macs &&
    sameNames(before.names, after.names) &&
    before.ports === after.ports &&
    before.asked === after.asked &&
    before.os === after.os &&
    before.clues === after.clues &&
    sameRhythm(before.rhythm, after.rhythm);
  return !same || !sameAddresses(before, after) || unwatchedGap(before, after, rules) !== null;
}

function sameAddresses(before: Device, after: Device): boolean {
  return (
    before.addresses.length === after.addresses.length &&
    before.addresses.every(({ address }, i) => address === after.addresses[i]?.address)
  );
}
