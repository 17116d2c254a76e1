import type { Device, DeviceId, MergeProposal } from '../core/index.ts';
import { type Evidence, evidenceOf, isDisguised } from './propose-merges-evidence.ts';
import { Groups } from './propose-merges-groups.ts';
import { type Known, type Link, linkOf } from './propose-merges-link.ts';
import { proposalOf } from './propose-merges-wording.ts';
import type { Roll } from './roll.ts';

/**
 * Devices of the roll that are probably one, best first: by identifiers and names they share, never by a likeness alone.
 * Chains make one proposal. Who was declared distinct is never proposed, nor who is present at once unless an identifier
 * says that they are one (a dock, a machine with several network cards).
 */
export function proposeMerges(roll: Roll): readonly MergeProposal[] {
  const groups = new Groups();
  for (const link of linksOf(roll)) groups.join(link);
  return groups
    .all()
    .map(proposalOf)
    .sort((a, b) => b.confidence - a.confidence || a.keep - b.keep);
}

/** Below this two devices are only alike. */
const ENOUGH = 0.55;

/** Strongest first, so that a chain hangs together by the best there is. */
function linksOf(roll: Roll): Link[] {
  const shared = evidenceInTwo(roll);
  const known = new Map<DeviceId, { device: Device; evidence: Evidence[] }>();
  for (const holding of shared.flat()) {
    const entry = known.get(holding.device.id);
    if (entry) entry.evidence.push(holding.evidence);
    else known.set(holding.device.id, { device: holding.device, evidence: [holding.evidence] });
  }
  const links = new Map<string, Link>();
  for (const [a, b] of shared.flatMap(neighbours)) {
    const key = `${a} ${b}`;
    if (!links.has(key)) links.set(key, linkOf(known.get(a) as Known, known.get(b) as Known));
  }
  const enough = [...links.values()].filter(({ confidence }) => confidence >= ENOUGH);
  return enough.sort((a, b) => b.confidence - a.confidence || a.a.id - b.a.id || a.b.id - b.b.id);
}

interface Holding {
  readonly device: Device;
  readonly evidence: Evidence;
}

/** Each holder of one thing with the oldest and with the one before: two pairs each, not all with all. */
function neighbours(holdings: readonly Holding[]): (readonly [DeviceId, DeviceId])[] {
  const ids = holdings.map(({ device }) => device.id);
  return ids.flatMap((id, i) =>
    [...new Set(i === 0 ? [] : [ids[0] as DeviceId, ids[i - 1] as DeviceId])].map((other) => [other, id] as const),
  );
}

/** Who holds what, for each thing that several hold and that says something. */
function evidenceInTwo(roll: Roll): Holding[][] {
  const holdings = new Map<string, Holding[]>();
  for (const device of [...roll.devices.values()].sort((a, b) => a.id - b.id)) {
    for (const evidence of evidenceOf(device)) {
      const same = holdings.get(evidence.key);
      if (same) same.push({ device, evidence });
      else holdings.set(evidence.key, [{ device, evidence }]);
    }
  }
  return [...holdings.values()].filter((same) => same.length > 1 && tells(same));
}

/** A name or key of more devices than these, none of which hides, is the make's, or a copied disk's. */
const OF_MANY = 5;

/** Whether a shared thing says who is who: not where many have it, nor where several that have its name are here now. */
function tells(holdings: readonly Holding[]): boolean {
  if (holdings.filter(({ device }) => !isDisguised(device)).length > OF_MANY) return false;
  return holdings[0]?.evidence.strong === true || holdings.filter(({ device }) => device.presence === 'present').length < 2;
}
