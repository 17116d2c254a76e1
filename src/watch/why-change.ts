import { type Change, Fault, type Instant, type Scan, type Span } from '../core/index.ts';
import { sessionsIn } from './sessions-of-spans.ts';
import type { WhyChange, WhyStep } from './why-asked.ts';
import { identityStep } from './why-identity.ts';
import { linesAbout } from './why-lines.ts';
import { callNames, scanStep, step } from './why-steps.ts';
import { coverageStep, silenceStep, toleranceStep } from './why-tolerance.ts';
import type { Wired } from './wire.ts';

/** Most changes of one device and scan that are told of beside the one asked for. */
const MOST_BESIDE = 50;

/** The evidence of one change, as far as it is kept. Fault not-found for a number nobody has. */
export async function whyChange(wired: Wired, seq: number): Promise<WhyChange> {
  const { store } = wired.outside;
  const [change] = await store.changes({ afterSeq: seq - 1, limit: 1 });
  if (change?.seq !== seq)
    throw new Fault('not-found', `explaining change ${seq}: there is none of that number`, 'list them with "rollcall changes"');
  const scan = await store.scan(change.scan);
  const spans = change.device === null ? [] : await store.spansOf(change.device);
  const steps = scan
    ? [scanStep(scan), ...(await evidenceOf(wired, { change, scan, spans }))]
    : [step('lost', `scan ${change.scan} that found it is not kept any more`)];
  return { change, steps: [...steps, ...judgementOf(change)], beside: await besideOf(wired, change) };
}

interface Found {
  readonly change: Change;
  readonly scan: Scan;
  readonly spans: readonly Span[];
}

async function evidenceOf(wired: Wired, found: Found): Promise<WhyStep[]> {
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

/** What the change says of its own judgement. */
function judgementOf({ after }: Change): WhyStep[] {
  return after?.['confirmed'] === true ? [step('rule', 'it was asked directly, by every way there is, and kept silent')] : [];
}

async function besideOf({ outside }: Wired, { device, at, scan, seq }: Change): Promise<readonly Change[]> {
  if (device === null) return [];
  const near = await outside.store.changes({ device, since: at, until: at, limit: MOST_BESIDE + 1 });
  return near.filter((change) => change.scan === scan && change.seq !== seq).slice(0, MOST_BESIDE);
}
