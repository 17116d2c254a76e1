import type { Device, DeviceType } from '../../core/index.ts';

/** What a text says its device is. */
export type Rule = readonly [pattern: RegExp, type: DeviceType, confidence: number];

/** Rules about one kind of thing that devices say or show. */
export interface Family {
  /** Begins the reason: "announces" -> "announces _ipp._tcp". */
  readonly says: string;
  /** The texts that the rules are about. Each is the network's, and may be anything. */
  readonly of: (device: Device) => readonly string[];
  /** Of several that fit one text, the most confident counts. */
  readonly rules: readonly Rule[];
}

export interface Hint {
  readonly type: DeviceType;
  readonly confidence: number;
  readonly reason: string;
}

const shortened = (text: string): string => (text.length > 64 ? `${text.slice(0, 64)}...` : text);

/** What a family makes of a device: the best hint for each type. */
export function hintsOf(family: Family, device: Device): Hint[] {
  const best = new Map<DeviceType, Hint>();
  for (const text of family.of(device)) {
    for (const hint of hintsIn(family, text)) if ((best.get(hint.type)?.confidence ?? 0) < hint.confidence) best.set(hint.type, hint);
  }
  return [...best.values()];
}

/** Devices say the same few things; each is read once. Dropped whole when a hostile network has filled it. */
const read = new WeakMap<Family, Map<string, readonly Hint[]>>();
const REMEMBERED = 4096;

function hintsIn(family: Family, text: string): readonly Hint[] {
  const known = read.get(family) ?? new Map<string, readonly Hint[]>();
  read.set(family, known);
  const before = known.get(text);
  if (before) return before;
  const { says, rules } = family;
  const fitting = rules.filter(([pattern]) => pattern.test(text));
  const hints = fitting.map(([, type, confidence]) => ({ type, confidence, reason: `${says} ${shortened(text)}` }));
  if (known.size >= REMEMBERED) known.clear();
  known.set(text, hints);
  return hints;
}
