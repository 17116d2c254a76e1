import type { Change, ChangeKind, Instant, Json, Scan, ScanId, Span } from '../core/index.ts';
import { textIn } from './vigil.ts';
import type { Watching } from './watching.ts';
import type { WhyKind, WhyStep } from './why-asked.ts';

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
export async function scansOf({ outside }: Pick<Watching, 'outside'>, ids: readonly ScanId[]): Promise<ReadonlyMap<ScanId, Scan>> {
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

/** Changes that are looked through for what began a state. */
const MOST_BEFORE = 1000;

/** The newest change of a kind before this one that is about the same, by a text in it; undefined when there is none. */
export async function beginningOf(
  { outside }: Pick<Watching, 'outside'>,
  { seq, at, after }: Change,
  { kind, by }: { readonly kind: ChangeKind; readonly by: string },
): Promise<Change | undefined> {
  const known = await outside.store.changes({ kinds: [kind], until: at, newestFirst: true, limit: MOST_BEFORE });
  return known.find((change) => change.seq < seq && change.after?.[by] === after?.[by]);
}

export const textsIn = (value: Json | undefined): readonly string[] => [value ?? []].flat().flatMap((one: Json) => textIn(one) || []);
export const numberIn = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);

export function momentIn(value: Json | undefined): Instant | null {
  const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}
