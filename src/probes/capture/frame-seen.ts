import type { Address, Clue, ClueKind, HostName, Mac, NameSource, SightingWay } from '../../core/index.ts';
import { untrusted } from '../../core/index.ts';

/** What one frame says of its sender. */
export interface FrameSeen {
  readonly way: SightingWay;
  readonly mac: Mac;
  readonly address: Address | null;
  readonly names: readonly HostName[];
  readonly clues: readonly Clue[];
  readonly line: string;
}

/** passed: sound, but nothing we look for. malformed: shorter than it says, or against its protocol. */
export type FrameReading = FrameSeen | 'passed' | 'malformed';

/** What a protocol's reader adds to who sent the frame. */
export interface Said {
  readonly way: SightingWay;
  readonly address: Address | null;
  readonly names?: readonly HostName[];
  readonly clues?: readonly Clue[];
  readonly line: string;
}

export type SaidReading = Said | 'passed' | 'malformed';

/** More of one kind from one frame are a joke or an attack. */
const MOST_OF_A_KIND = 8;

/** Clues of one kind: cleaned, without empty ones and repeats. */
export function cluesOf(kind: ClueKind, texts: Iterable<string>): Clue[] {
  return cleaned(texts).map((value) => ({ kind, value }));
}

/** Names of one source: cleaned, without the final dot, empty ones and repeats. */
export function namesOf(source: NameSource, texts: Iterable<string>): HostName[] {
  return cleaned([...texts].map((text) => text.replace(/\.$/, ''))).map((name) => ({ name, source }));
}

function cleaned(texts: Iterable<string>): HostName['name'][] {
  const kept = new Set<HostName['name']>();
  for (const text of texts) {
    const value = untrusted(untrusted(text).trim());
    if (value !== '') kept.add(value);
    if (kept.size === MOST_OF_A_KIND) break;
  }
  return [...kept];
}
