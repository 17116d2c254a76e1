import type { Device, DeviceId, MergeProposal } from '../core/index.ts';
import type { Evidence } from './propose-merges-evidence.ts';
import { Groups } from './propose-merges-groups.ts';
import { type Bond, bondsIn, bondsNear } from './propose-merges-index.ts';
import { type Known, type Link, linkOf } from './propose-merges-link.ts';
import { proposalOf } from './propose-merges-wording.ts';
import type { Roll } from './roll.ts';

/**
 * Devices of the roll that are probably one, best first: by identifiers and names they share, never by a likeness alone.
 * Chains make one proposal. Who was declared distinct is never proposed, nor who is present at once unless an identifier
 * says that they are one (a dock, a machine with several network cards).
 */
export const proposeMerges = (roll: Roll): readonly MergeProposal[] => proposalsFrom(bondsIn(roll));

/** The same, of these devices and of those that hang together with them. */
export const proposeNear = (roll: Roll, devices: readonly Device[]): readonly MergeProposal[] => proposalsFrom(bondsNear(roll, devices));

function proposalsFrom(bonds: readonly Bond[]): readonly MergeProposal[] {
  const groups = new Groups();
  for (const link of linksOf(bonds)) groups.join(link);
  return groups
    .all()
    .map(proposalOf)
    .sort((a, b) => b.confidence - a.confidence || a.keep - b.keep);
}

/** Below this two devices are only alike. */
const ENOUGH = 0.55;

/** Strongest first, so that a chain hangs together by the best there is. */
function linksOf(bonds: readonly Bond[]): Link[] {
  const known = new Map<DeviceId, { device: Device; evidence: Evidence[] }>();
  for (const holding of bonds.flat()) {
    const entry = known.get(holding.device.id);
    if (entry) entry.evidence.push(holding.evidence);
    else known.set(holding.device.id, { device: holding.device, evidence: [holding.evidence] });
  }
  const links = new Map<string, Link>();
  for (const [a, b] of bonds.flatMap(neighbours)) {
    const key = `${a} ${b}`;
    if (!links.has(key)) links.set(key, linkOf(known.get(a) as Known, known.get(b) as Known));
  }
  const enough = [...links.values()].filter(({ confidence }) => confidence >= ENOUGH);
  return enough.sort((a, b) => b.confidence - a.confidence || a.a.id - b.a.id || a.b.id - b.b.id);
}

/** Each holder of one thing with the oldest and with the one before: two pairs each, not all with all. */
function neighbours(holdings: Bond): (readonly [DeviceId, DeviceId])[] {
  const ids = holdings.map(({ device }) => device.id);
  return ids.flatMap((id, i) =>
    [...new Set(i === 0 ? [] : [ids[0] as DeviceId, ids[i - 1] as DeviceId])].map((other) => [other, id] as const),
  );
}
