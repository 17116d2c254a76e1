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

const NONE: readonly Hint[] = [];

/** What a family makes of a device: the best hint for each type. */
export function hintsOf(family: Family, device: Device): readonly Hint[] {
  let said = NONE;
  for (const text of family.of(device)) {
    const more = hintsIn(family, text);
    // Most devices say one thing of a kind, or nothing.
    if (more.length > 0) said = said.length === 0 ? more : [...said, ...more];
  }
  return said.length < 2 ? said : bestOfEach(said);
}

function bestOfEach(hints: readonly Hint[]): readonly Hint[] {
  const best = new Map<DeviceType, Hint>();
  for (const hint of hints) if ((best.get(hint.type)?.confidence ?? 0) < hint.confidence) best.set(hint.type, hint);
  return [...best.values()];
}

interface Reading {
  /** Fits whatever one of the rules fits. */
  readonly any: RegExp;
  readonly hints: Map<string, readonly Hint[]>;
}

/** Devices say the same few things; each is read once. Dropped whole when a hostile network has filled it. */
const readings = new WeakMap<Family, Reading>();
const REMEMBERED = 4096;

function readingOf(family: Family): Reading {
  const any = new RegExp(family.rules.map(([{ source }]) => `(?:${source})`).join('|'), 'i');
  const reading: Reading = { any, hints: new Map() };
  readings.set(family, reading);
  return reading;
}

function hintsIn(family: Family, text: string): readonly Hint[] {
  const { any, hints } = readings.get(family) ?? readingOf(family);
  const before = hints.get(text);
  if (before) return before;
  // Names that say nothing are many and each is another: they are not worth remembering.
  if (!any.test(text)) return NONE;
  const { says, rules } = family;
  const fitting = rules.filter(([pattern]) => pattern.test(text));
  const read = fitting.map(([, type, confidence]) => ({ type, confidence, reason: `${says} ${shortened(text)}` }));
  if (hints.size >= REMEMBERED) hints.clear();
  hints.set(text, read);
  return read;
}
