import type { Device, Instant, Scan, ScanId, Span } from '../core/index.ts';
import type { Wired } from './wire.ts';

/** What a step of an evidence trail tells. */
export type WhyKind =
  | 'scan' // the look that found it, and how it ended
  | 'lines' // what the tool wrote about the device
  | 'identity' // why that host was taken for this device
  | 'belief' // what is believed of it, and since when
  | 'coverage' // who looked for it and missed it
  | 'tolerance' // how long it may keep quiet, and who says so
  | 'rule' // what the change itself says of how it was judged
  | 'lost'; // what is not known any more

export interface WhyStep {
  readonly kind: WhyKind;
  /** A sentence for people, without times. May hold text from the network. */
  readonly text: string;
  readonly at: Instant | null;
  /** When it ended; null while it holds, and for what has no length. */
  readonly until: Instant | null;
  /** When it was seen so last, where that is known apart from when it began. */
  readonly lastSeen: Instant | null;
  /** The scan it rests on, as long as it is kept. */
  readonly scan: Scan | null;
  readonly lines: readonly string[];
}

export const step = (kind: WhyKind, text: string, rest: Partial<Omit<WhyStep, 'kind' | 'text'>> = {}): WhyStep => ({
  kind,
  text,
  at: null,
  until: null,
  lastSeen: null,
  scan: null,
  lines: [],
  ...rest,
});

/** "sweep of 10.0.0.0/24 ended complete: 3 up of 256 asked". */
export function scanStep(scan: Scan): WhyStep {
  const { plan, subject, outcome, cause, up, asked } = scan;
  const because = cause === null ? '' : `, because ${cause.text}`;
  const text =
    plan === 'edit' ? `somebody said so: ${subject}` : `${plan} of ${subject} ended ${outcome}${because}: ${up} up of ${asked} asked`;
  return step('scan', text, { at: scan.finishedAt ?? scan.startedAt, scan });
}

/** Most scans looked up for one answer; evidence beyond names its scan by number only. */
const MOST_SCANS = 500;

/** Scans by number, as far as they are kept. */
export async function scansOf({ outside }: Pick<Wired, 'outside'>, ids: readonly ScanId[]): Promise<ReadonlyMap<ScanId, Scan>> {
  const wanted = [...new Set(ids)].sort((a, b) => b - a).slice(0, MOST_SCANS);
  const scans: Scan[] = [];
  for (const id of wanted) {
    const scan = await outside.store.scan(id);
    if (scan) scans.push(scan);
  }
  return new Map(scans.map((scan) => [scan.id, scan]));
}

/** All that a tool may have called the device by, best first. */
export function callNames(spans: readonly Span[], at: Instant): readonly string[] {
  const held = spans.filter(({ from, to }) => from <= at && (to === null || to >= at));
  return ['mac', 'address'].flatMap((kind) => held.filter((span) => span.kind === kind).map(({ key }) => key));
}

/** Rules that can say why; those that cannot only say how long. */
export interface Reasoned {
  toleranceOf(device: Device): { readonly reason: string };
}
