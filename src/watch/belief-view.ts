import { type Coverage, type Device, Fault, type Instant, type LastLook, NO_COVERAGE, type View, type ViewSource } from '../core/index.ts';
import { viewOfDevices } from '../diff/index.ts';
import { rollOf } from '../inventory/index.ts';
import { askedTogether, coverageWithin } from './asked.ts';
import { fingerprinted } from './fingerprint.ts';
import { belongs, type Territory, targetMeant, territoryOf } from './territory.ts';
import { flatMapped, unhurried } from './unhurried.ts';
import type { Watching } from './watching.ts';

/** What is wanted of what was believed. */
interface Wish {
  readonly source: ViewSource;
  /** A target's id or text; null for everything. */
  readonly target: string | null;
  readonly at: Instant;
  titleOf(territory: Territory): string;
  /** Asked after what was looked at is known: devices found meanwhile are then merely uncovered, never missing. */
  devices(): readonly Device[] | Promise<readonly Device[]>;
}

/** The devices as believed now, presence judged for this moment. */
export function nowView(wired: Watching, target: string | null): Promise<View> {
  const at = momentNow(wired);
  const titleOf = ({ text, ranges }: Territory): string => (ranges === null ? 'now' : `${text} now`);
  return beliefView(wired, { source: 'moment', target, at, titleOf, devices: () => wired.rollView().devices });
}

/** The devices as they were believed to be. Fault bad-input for the future. */
export async function momentView(wired: Watching, target: string | null, at: Instant): Promise<View> {
  if (at > momentNow(wired))
    throw new Fault('bad-input', `viewing the network at ${iso(at)}: that is in the future`, 'write a moment that has passed, or "now"');
  const titleOf = ({ text }: Territory): string => `${text} at ${iso(at)}`;
  return beliefView(wired, { source: 'moment', target, at, titleOf, devices: () => devicesWhen(wired, at) });
}

/** The devices as they were at the newest baseline made of the target, or of everything. Fault not-found when there is none. */
export async function baselineView(wired: Watching, target: string | null): Promise<View> {
  const { outside, ledger, book } = wired;
  const { site } = ledger.roll;
  const text = targetMeant(target, site, book.all)?.text ?? null;
  const marks = await Promise.all([...new Set([text, null])].map((of) => outside.store.baselines({ site, target: of, limit: 1 })));
  const [newest] = marks.flat().sort((a, b) => b.id - a.id);
  if (!newest) throw noBaseline(text);
  const { at } = newest;
  const titleOf = (territory: Territory): string => `baseline of ${territory.text} at ${iso(at)}`;
  return beliefView(wired, { source: 'baseline', target, at, titleOf, devices: () => devicesWhen(wired, at) });
}

function noBaseline(target: string | null): Fault {
  const of = target === null ? 'everything' : target;
  const command = ['rollcall baseline make', target].filter((word) => word !== null).join(' ');
  return new Fault('not-found', `finding the baseline of ${of}: none was made yet`, `make one with "${command}"`);
}

/** The clock may have been set back since the newest scan: what is known by then is known now. */
export function momentNow({ outside, ledger }: Pick<Watching, 'outside' | 'ledger'>): Instant {
  return Math.max(outside.clock.now(), ledger.at ?? 0);
}

/** The devices as believed at a moment, without those that had turned out to be others by then. */
export async function devicesWhen({ outside, ledger }: Pick<Watching, 'outside' | 'ledger'>, at: Instant): Promise<readonly Device[]> {
  const { site } = ledger.roll;
  const then = await outside.store.devicesAt(site, at);
  return [...rollOf(site, then, 0).devices.values()];
}

async function beliefView(wired: Watching, { source, target, at, titleOf, devices }: Wish): Promise<View> {
  const { territory, coverage } = await surveyOf(wired, target, at);
  const known = await devices();
  const inside = await unhurried(flatMapped(known, (device) => (belongs(territory, device) ? [device] : [])));
  const warnings = coverage.addresses.length > 0 ? [] : [`${territory.text} had not been scanned by then, so nothing is known of it`];
  const frame = { source, title: titleOf(territory), at, partial: null, coverage, scriptChoice: null, warnings };
  return fingerprinted(viewOfDevices({ ...frame, devices: inside }), inside);
}

/** A target's addresses, and what had been asked there by a moment: by anybody, and by ourselves. */
export async function surveyOf(
  { outside, ledger, book }: Watching,
  target: string | null,
  at: Instant,
): Promise<{ readonly territory: Territory; readonly coverage: Coverage; readonly own: Coverage }> {
  const { site } = ledger.roll;
  const spec = targetMeant(target, site, book.all);
  const looks = await outside.store.lastLooks(site, at);
  const territory = territoryOf(spec, site, looks);
  const ours = looks.filter(({ plan }) => plan !== 'import');
  const coverage = askedIn(territory, looks);
  return { territory, coverage, own: ours.length === looks.length ? coverage : askedIn(territory, ours) };
}

function askedIn({ ranges }: Territory, looks: readonly LastLook[]): Coverage {
  if (looks.length === 0) return NO_COVERAGE;
  return askedTogether(looks.map(({ coverage }) => (ranges === null ? coverage : coverageWithin(coverage, ranges))));
}

const iso = (at: Instant): string => new Date(at).toISOString();
