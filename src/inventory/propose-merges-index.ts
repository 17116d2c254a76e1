import type { Clue, Device, DeviceId, HostName } from '../core/index.ts';
import { type Evidence, evidenceOf, isDisguised } from './propose-merges-evidence.ts';
import type { Roll } from './roll.ts';

/** A device and something by which it may be recognised. */
export interface Holding {
  readonly device: Device;
  readonly evidence: Evidence;
}

/** Who holds what, for each thing that several hold; holders by id. */
type EvidenceIndex = ReadonlyMap<string, readonly Holding[]>;

/** One thing that several devices hold and that says something, with all of them. */
export type Bond = readonly Holding[];

export const bondsIn = (roll: Roll): readonly Bond[] => [...indexOf(roll).values()].filter(tells);

/** The bonds of these devices, of those that they are bound to, and so on. */
export function bondsNear(roll: Roll, devices: readonly Device[]): readonly Bond[] {
  const index = indexOf(roll);
  const found = new Map<string, Bond>();
  const visited = new Set<DeviceId>();
  const waiting = [...devices];
  for (const device of waiting) {
    const keys = keptEvidence(device).map(({ key }) => key);
    for (const key of keys.filter((one) => !found.has(one))) {
      const bond = telling(index.get(key));
      found.set(key, bond);
      waiting.push(...bond.flatMap((holding) => (isFirst(visited, holding.device.id) ? [holding.device] : [])));
    }
  }
  return [...found.values()].filter((bond) => bond.length > 0);
}

const telling = (bond: Bond = []): Bond => (bond.length > 0 && tells(bond) ? bond : []);

/** Takes note of it. */
const isFirst = (visited: Set<DeviceId>, id: DeviceId): boolean => visited.size !== visited.add(id).size;

/** A name or key of more devices than these, none of which hides, is the make's, or a copied disk's. */
const OF_MANY = 5;

/** Whether a shared thing says who is who: not where many have it, nor where several that have its name are here now. */
function tells(holdings: readonly Holding[]): boolean {
  let open = 0;
  for (const { device } of holdings) if (!isDisguised(device) && ++open > OF_MANY) return false;
  return holdings[0]?.evidence.strong === true || holdings.filter(({ device }) => device.presence === 'present').length < 2;
}

/** The roll after one commit is the roll before the next. */
const indexes = new WeakMap<Roll, EvidenceIndex>();

function indexOf(roll: Roll): EvidenceIndex {
  const known = indexes.get(roll);
  if (known) return known;
  const holdings = new Map<string, Holding[]>();
  for (const device of [...roll.devices.values()].sort((a, b) => a.id - b.id))
    for (const evidence of keptEvidence(device)) {
      const same = holdings.get(evidence.key);
      if (same) same.push({ device, evidence });
      else holdings.set(evidence.key, [{ device, evidence }]);
    }
  const index = new Map([...holdings].filter(([, same]) => same.length > 1));
  indexes.set(roll, index);
  return index;
}

/** Evidence follows from names and clues, which keep their identity while nothing new is said. */
const evidences = new WeakMap<readonly HostName[], WeakMap<readonly Clue[], readonly Evidence[]>>();

function keptEvidence(device: Device): readonly Evidence[] {
  const { names, clues } = device;
  if (names.length === 0 && clues.length === 0) return [];
  const ofNames = evidences.get(names) ?? new WeakMap<readonly Clue[], readonly Evidence[]>();
  evidences.set(names, ofNames);
  const evidence = ofNames.get(clues) ?? evidenceOf(device);
  ofNames.set(clues, evidence);
  return evidence;
}
