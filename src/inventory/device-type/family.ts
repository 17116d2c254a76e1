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
export function hintsOf({ says, of, rules }: Family, device: Device): Hint[] {
  const best = new Map<DeviceType, Hint>();
  for (const text of of(device)) {
    for (const [pattern, type, confidence] of rules) {
      const better = (best.get(type)?.confidence ?? 0) < confidence;
      if (better && pattern.test(text)) best.set(type, { type, confidence, reason: `${says} ${shortened(text)}` });
    }
  }
  return [...best.values()];
}
