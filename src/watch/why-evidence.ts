import type { Change, Instant, Scan, Span } from '../core/index.ts';
import { sessionsIn } from './sessions-of-spans.ts';
import type { WhyStep } from './why-asked.ts';
import { identityStep } from './why-identity.ts';
import { linesAbout } from './why-lines.ts';
import { callNames, step } from './why-steps.ts';
import { coverageStep, silenceStep, toleranceStep } from './why-tolerance.ts';
import type { Wired } from './wire.ts';

/** A change with the scan that made it. */
export interface Made {
  readonly change: Change;
  readonly scan: Scan;
  /** What the same scan changed of the same device. */
  readonly beside: readonly Change[];
}

/** A change with the scan that made it, and what is known of the device it is about. */
export interface Found {
  readonly change: Change;
  readonly scan: Scan;
  readonly spans: readonly Span[];
}

/** What a scan had to say of a device, or how it missed it. */
export async function evidenceOf(wired: Wired, found: Found): Promise<WhyStep[]> {
  const { change, scan, spans } = found;
  if (change.device === null || scan.plan === 'edit') return [];
  if (change.kind === 'device.left') return departure(wired, found);
  const { store, reader } = wired.outside;
  const raw = await store.rawOf(scan.id);
  const documents = scan.plan === 'ingest' ? 1 : scan.commands.length;
  const kept = raw && scan.finishedAt !== null ? await reader.readKept(raw, { finishedAt: scan.finishedAt, documents }) : null;
  const lines = raw ? await linesAbout(raw, callNames(spans, change.at), tellingOf(change)) : undefined;
  return [linesStep(scan, lines), identityStep(spans, scan, kept)];
}

/** How nmap writes the port that a change is about. */
function tellingOf({ after }: Change): string | undefined {
  const port = after?.['port'];
  return typeof port === 'number' ? `portid="${port}"` : undefined;
}

/** undefined: none is kept; null: it is damaged; empty: it says nothing of the device. */
function linesStep({ id }: Scan, lines: readonly string[] | null | undefined): WhyStep {
  if (lines === undefined) return step('lost', `what the tool of scan ${id} wrote is not kept (any more)`);
  if (lines === null) return step('lost', `what the tool of scan ${id} wrote is kept, but cannot be read`);
  return lines.length === 0
    ? step('lost', `what the tool of scan ${id} wrote does not name the device`)
    : step('lines', `what the tool of scan ${id} wrote of it`, { lines });
}

/** Nobody saw it: what tells is who looked, how long it had been silent, and how long it may be. */
function departure(wired: Wired, { change, scan, spans }: Found): WhyStep[] {
  const places = spans.filter(({ kind, from, to }) => kind === 'address' && from <= change.at && (to === null || to >= change.at));
  const lastSeen = lastSeenBy(change, spans);
  const addresses = places.map(({ key }) => ({ address: key, seenAt: lastSeen ?? change.at }));
  const known = wired.ledger.roll.devices.get(change.device ?? 0);
  return [
    coverageStep(scan, { addresses, lastSeen: lastSeen ?? change.at }),
    ...(lastSeen === null ? [] : [silenceStep(lastSeen, change.at)]),
    ...(known ? [toleranceStep(wired, known)] : [step('lost', 'its tolerance: it is no device of its own any more')]),
  ];
}

function lastSeenBy({ before, at }: Change, spans: readonly Span[]): Instant | null {
  const told = before?.['lastSeen'];
  const moment = typeof told === 'string' ? Date.parse(told) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  return sessionsIn(spans).findLast(({ presence, to }) => presence === 'present' && to !== null && to <= at)?.to ?? null;
}
