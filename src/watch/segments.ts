import { type Address, type AddressRange, type Instant, type Millis, parseAddress, rangesHold, type Scan } from '../core/index.ts';
import type { Slot } from './scheduler.ts';
import type { Segment } from './segments-asked.ts';
import type { Wired } from './wire.ts';

/** Intervals without a look after which it is no delay any more. */
const LATE = 3;

/** Every target, then the networks of this machine that none of them touches. */
export function segmentsOf(wired: Wired): readonly Segment[] {
  const { places, vigil, scheduler, outside } = wired;
  const gateways = outside.surroundings.gateways();
  const within = (ranges: readonly AddressRange[]): Address[] => gateways.filter((address) => holds(ranges, address));
  const watched = places.all.map(({ target, ranges }): Segment => {
    const { text } = target.spec;
    const since = vigil.blindSince(text);
    const [first] = ranges;
    return {
      target: target.id,
      text,
      ranges,
      iface: target.iface ?? (first ? outside.surroundings.ifaceOf(first) : null),
      gateways: within(ranges),
      unseen: since === null ? null : { since, cause: vigil.blindBy(text) ?? '' },
      ...lookedAt(scheduler.slotsOf(target.id), outside.clock.now()),
    };
  });
  const touched = watched.flatMap(({ ranges }) => ranges);
  const others = outside.surroundings.networks().filter(({ range, loopback }) => !loopback && !touched.some((one) => overlaps(one, range)));
  return [
    ...watched,
    ...others.map(({ block, range, iface }) => ({ ...UNWATCHED, text: block, ranges: [range], iface, gateways: within([range]) })),
  ];
}

const UNWATCHED = { target: null, unseen: null, lookedAt: null, stale: false } as const;

const overlaps = (a: AddressRange, b: AddressRange): boolean => a.family === b.family && a.first <= b.last && b.first <= a.last;

function holds(ranges: readonly AddressRange[], address: Address): boolean {
  const value = parseAddress(address);
  return value !== undefined && rangesHold(ranges, value);
}

type Looked = Pick<Slot, 'entry'> & { readonly lastScan: Scan | null };

function lookedAt(slots: readonly Looked[], now: Instant): Pick<Segment, 'lookedAt' | 'stale'> {
  const ends = slots.flatMap(({ lastScan }) => (lastScan && couldSee(lastScan) ? (lastScan.finishedAt ?? []) : []));
  const last = ends.length === 0 ? null : Math.max(...ends);
  const often = Math.min(
    ...slots.map(({ entry: { cadence } }): Millis => (cadence.kind === 'every' ? cadence.every : Number.POSITIVE_INFINITY)),
  );
  return { lookedAt: last, stale: last !== null && now - last > LATE * often };
}

const couldSee = ({ outcome }: Scan): boolean => outcome === 'complete' || outcome === 'partial';
