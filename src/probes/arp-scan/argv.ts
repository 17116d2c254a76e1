import { type Address, type AddressRange, blocksOf } from '../../core/index.ts';

/** How fast and how often addresses are asked. */
export interface Pace {
  /** Frames a second; 0: as fast as the wire takes them. */
  readonly rate: number;
  /** How often a silent address is asked. */
  readonly tries: number;
  /** How long an answer may take, in ms. */
  readonly patience: number;
}

/** 500 frames/s are 256 kbit/s: what the slowest access point bears. */
export const USUAL_RATE = 500;

/** `rate`: frames a second, 0 lifts the limit. Few addresses before a farewell are asked slowly, so that a sleeper may wake. */
export function paceOf(rate: number, thorough: boolean): Pace {
  const frames = wholeRate(rate);
  if (thorough) return { rate: frames === 0 ? 50 : Math.min(frames, 50), tries: 4, patience: 300 };
  return frames === 0 ? { rate: 0, tries: 2, patience: 100 } : { rate: frames, tries: 2, patience: 250 };
}

/** Only a plain 0 lifts the limit: what arithmetic or JSON made of a rate must not. */
function wholeRate(rate: number): number {
  if (rate === 0) return 0;
  return Number.isFinite(rate) && rate > 0 ? Math.max(1, Math.trunc(rate)) : USUAL_RATE;
}

/** What an arp-scan command line is made of: typed facts only, never a string somebody wrote. */
export interface ArgvFacts {
  /** As the kernel names it. */
  readonly iface: string;
  /** Who asks: an address of ours in the network asked; null leaves it to arp-scan. */
  readonly source: Address | null;
  readonly ranges: readonly AddressRange[];
  readonly pace: Pace;
}

/** The arguments of one arp-scan. The footer stays on (no -x): an output without it was cut off. */
export function arpScanArgv({ iface, source, ranges, pace }: ArgvFacts): string[] {
  return [
    '--numeric',
    '--quiet',
    // arp-scan itself replaces the fields and the escape.
    '--format=${ip}\\t${mac}',
    `--retry=${pace.tries}`,
    `--timeout=${pace.patience}`,
    '--backoff=1',
    `--interval=${intervalOf(pace.rate)}u`,
    `--interface=${iface}`,
    ...(source === null ? [] : [`--arpspa=${source}`]),
    '--',
    ...ranges.flatMap(blocksOf),
  ];
}

/** Microseconds from one frame to the next. arp-scan takes 0 for its own default. */
const intervalOf = (rate: number): number => (rate === 0 ? 1 : Math.max(1, Math.round(1_000_000 / rate)));
