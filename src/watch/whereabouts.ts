import {
  type Address,
  type AddressRange,
  countAddresses,
  type Instant,
  isWithin,
  type Mac,
  type ScanReport,
  subtractRanges,
  type Target,
  type TargetId,
} from '../core/index.ts';
import type { Roll } from '../inventory/index.ts';
import { type Distrust, distrustCanary, type Witnesses } from './canary.ts';
import { onWireOf } from './grounds.ts';
import { isWhole, type Keepings } from './keepings.ts';
import { type Suspects, suspectMove } from './moved.ts';
import { type Acquaintance, distrustNetwork } from './other-network.ts';
import type { Place } from './places.ts';
import { cadenceOf } from './presence-rules.ts';
import { hasLooked } from './recent-looks.ts';

const MINUTE = 60_000;

/** The report, or a failed one where it plainly looked at another network. */
export const standingOf = (kept: Keepings, report: ScanReport): ScanReport => distrustNetwork(report, acquaintanceOf(kept, report));

/** Whom to ask whether we moved while the report was made; null: nothing speaks for it. */
export const suspectsOf = (kept: Keepings, report: ScanReport): Suspects | null => suspectMove(report, acquaintanceOf(kept, report));

function acquaintanceOf({ places, vigil, ledger, outside: { surroundings } }: Keepings, report: ScanReport): Acquaintance {
  const lookedAt = places.at(report.coverage.addresses);
  const onWire = new Set(lookedAt.flatMap((place) => onWireOf(place, { places: places.all, surroundings })));
  const targets = lookedAt.map(({ target }) => target);
  const cadence = Math.max(MINUTE, ...targets.map((target) => cadenceOf(target)));
  const [elsewhere] = [...onWire].flatMap(({ target }) => vigil.elsewhere(target.spec.text) ?? []);
  return { roll: ledger.roll, gateways: ledger.gateways, cadence, elsewhere };
}

/**
 * The report as the canaries of where it looked let it be believed: of its own target, or without one, of those that it
 * asked most of. A look at a few finds out about just these.
 */
export function askCanaries(kept: Keepings, target: Target | null, report: ScanReport): Distrust {
  const { addresses } = report.coverage;
  const asked = ({ ranges }: Place): boolean => countAddresses(subtractRanges(ranges, addresses)) * 2n < countAddresses(ranges);
  const places = kept.places.all.filter((place) => (target === null ? asked(place) : place.target.id === target.id));
  return places.reduce<Distrust>(
    (so, place) => {
      const judged = distrustCanary(so.report, witnessesOf(kept, place));
      return { ...judged, silent: [...so.silent, ...judged.silent] };
    },
    { report, word: null, silent: [] },
  );
}

function witnessesOf({ ledger, grounds, config, vigil, ...kept }: Keepings, { target: { id, spec }, ranges }: Place): Witnesses {
  const segment = grounds.segmentsAt(ranges).find(({ target }) => target === spec.text);
  const since = vigil.blindSince(spec.text);
  return {
    roll: ledger.roll,
    target: spec.text,
    ranges,
    cadence: Math.max(MINUTE, segment?.cadence ?? 0),
    named: config.targets.find((one) => one.spec.text === spec.text)?.canaries ?? [],
    gateways: segment?.gateways ?? [],
    lookedAt: kept.looks.starts([id])[0] ?? lookedAtBefore(kept, id),
    blind: since === null ? null : { code: vigil.codeOf(spec.text), since },
  };
}

/** When the last look of an earlier process began, if it was one that could see. */
function lookedAtBefore({ lastScans, places }: Pick<Keepings, 'lastScans' | 'places'>, target: TargetId): Instant | null {
  const looks = lastScans.filter((scan) => scan.target === target && hasLooked(scan) && isWhole(scan, places.all));
  return looks.length === 0 ? null : Math.max(...looks.map(({ startedAt }) => startedAt));
}

/** Where devices that have not left were seen, as far as it lies in these ranges. */
export function expectedAt({ devices }: Roll, ranges: readonly AddressRange[]): { address: Address; mac: Mac | null }[] {
  const here = [...devices.values()].filter(({ presence }) => presence !== 'away');
  const places = here.flatMap(({ addresses, macs }) => addresses.map(({ address }) => ({ address, mac: macs[0]?.mac ?? null })));
  return places.filter(({ address }) => isWithin(ranges, address));
}
