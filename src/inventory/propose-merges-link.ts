import type { Device } from '../core/index.ts';
import { contradict, type Evidence, type Likeness, nameWeight, weakLikenesses } from './propose-merges-evidence.ts';

/** Two devices, what they have alike, and what that comes to. */
export interface Link {
  readonly a: Device;
  readonly b: Device;
  readonly confidence: number;
  /** Heaviest first. */
  readonly likenesses: readonly Likeness[];
  readonly strong: boolean;
}

/** A copied disk copies its keys: of two that are here at once, an identifier says less. */
const AT_ONCE = 0.7;
/** Two systems of other makes may share a name all the same: one machine that starts either. */
const CONTRADICTED = 0.7;

/** A device with what may lead to others that are the same. */
export interface Known {
  readonly device: Device;
  readonly evidence: readonly Evidence[];
}

export function linkOf({ device: a, evidence }: Known, { device: b, evidence: theirs }: Known): Link {
  const shared = evidence.filter(({ key }) => theirs.some((other) => other.key === key));
  const likenesses = [...shared.map((one) => (one.strong ? one : { ...one, weight: nameWeight(a, b) })), ...weakLikenesses(a, b)].sort(
    (one, other) => other.weight - one.weight,
  );
  const strong = shared.some((one) => one.strong);
  const belief = 1 - likenesses.reduce((rest, { weight }) => rest * (1 - weight), 1);
  const atOnce = a.presence === 'present' && b.presence === 'present';
  const confidence = belief * (atOnce ? AT_ONCE : 1) * (!strong && contradict(a, b) ? CONTRADICTED : 1);
  return { a, b, confidence, likenesses, strong };
}
