import { Fault, type Instant, parseAddress, rangesHold } from '../core/index.ts';
import { guessType, isPolicy, judgeDrift, type Roll, rollOf } from '../inventory/index.ts';
import type { DriftAnswer, DriftRequest } from './approvals-asked.ts';
import { momentNow, surveyOf } from './belief-view.ts';
import { belongs, type Territory, targetMeant } from './territory.ts';
import { unhurried } from './unhurried.ts';
import type { Watching } from './watching.ts';

/** What differs from what was approved, now or at any moment, as judged by what was in force then. */
export async function driftOf(wired: Watching, { target, at: asked, fits = () => true }: DriftRequest): Promise<DriftAnswer> {
  const now = momentNow(wired);
  const at = asked ?? now;
  if (at > now)
    throw new Fault(
      'bad-input',
      `judging drift at ${new Date(at).toISOString()}: that is in the future`,
      'write a moment that has passed, or leave it out',
    );
  return driftBy(wired, { target, at, roll: () => rollWhen(wired, asked), fits });
}

interface Believed extends Pick<DriftRequest, 'target' | 'fits'> {
  readonly at: Instant;
  roll(): Roll | Promise<Roll>;
}

/** The same, by the roll of that moment. */
export async function driftBy(wired: Watching, { target, at, roll: believed, fits = () => true }: Believed): Promise<DriftAnswer> {
  // Of a host that was never seen, looks that other programs made years ago say nothing.
  const { territory, own: coverage } = await surveyOf(wired, target, at);
  // What was approved is read first: a device that appears meanwhile is then merely judged by it.
  const approvals = await wired.outside.store.approvals({ site: wired.ledger.roll.site, madeBy: at });
  if (approvals.length === 0) throw noBaseline(territory, target);
  const roll = await believed();
  const drift = await unhurried(
    judgeDrift({
      roll,
      at,
      approvals,
      coverage,
      kept: await isKept(wired, target, at),
      typeOf: (device) => device.labels.type ?? guessType(device)?.type ?? null,
      of: (device) => belongs(territory, device) && fits(device),
      within: (address) => holds(territory, address),
    }),
  );
  if (!drift.begun && !approvals.some(isPolicy)) throw noBaseline(territory, target);
  return { ...drift, subject: territory.text, at };
}

/** The roll at a moment; now with presence judged for this moment, and with what was merged. */
export async function rollWhen(
  { outside, ledger, rollView }: Pick<Watching, 'outside' | 'ledger' | 'rollView'>,
  at: Instant | null,
): Promise<Roll> {
  if (at !== null) return rollOf(ledger.roll.site, await outside.store.devicesAt(ledger.roll.site, at), 0);
  return { ...ledger.roll, devices: new Map(rollView().devices.map((device) => [device.id, device])) };
}

/** Addresses of a target; hosts without one are part of everything only. */
function holds({ ranges }: Territory, address: string | null): boolean {
  if (ranges === null) return true;
  const value = address === null ? undefined : parseAddress(address);
  return value !== undefined && rangesHold(ranges, value);
}

function noBaseline({ text }: Territory, target: string | null): Fault {
  const command = ['rollcall baseline make', target].filter((word) => word !== null).join(' ');
  return new Fault('not-found', `judging drift of ${text}: there is no baseline yet`, `make one with "${command}"`);
}

/** Whether a moment was kept of the target or of everything, so that whatever came since is new. */
async function isKept({ outside, ledger, book }: Watching, target: string | null, at: Instant): Promise<boolean> {
  const { site } = ledger.roll;
  const text = targetMeant(target, site, book.all)?.text ?? null;
  const kept = await outside.store.baselines({ site, limit: 10_000 });
  return kept.some((moment) => moment.at <= at && (moment.target === null || moment.target === text));
}
