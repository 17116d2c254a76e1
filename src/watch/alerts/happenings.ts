import { type Change, type Device, type DeviceId, deviceName, NO_LABELS, NOTHING_LEARNED, orFault, untrusted } from '../../core/index.ts';
import { asksApproval, type DriftItem, type Filter, matches, parseFilter, type Roll } from '../../inventory/index.ts';
import { type Happening, subjectOf, type Terms, tellLine, wholeTimeIn } from '../../rules/index.ts';
import { textIn } from '../vigil.ts';
import { numberIn, textsIn } from '../why-steps.ts';
import { partiesOf, typeOf, whereaboutsIn } from './parties.ts';
import { tellDevice } from './tell-device.ts';

/** What was believed when changes happened. */
export interface Beliefs {
  readonly roll: Roll;
  /** Devices with presence as it is to be judged. */
  readonly devices: () => Iterable<Device>;
  /** What is otherwise than approved; null: nothing was ever approved. Rejects with {@link NotKnown} where nobody can say. */
  drift(): Promise<readonly DriftItem[] | null>;
  /** Devices of which an approval is in force. Rejects like that. */
  approved(): Promise<ReadonlySet<DeviceId>>;
}

/** Something that was believed cannot be found out, and no waiting helps. The message says what, and why. */
export class NotKnown extends Error {}

type Standing = NonNullable<Parameters<typeof matches>[2]['standing']>;

/** What rules judge of changes. Only what some rule asks for is found out. */
export async function happeningsOf(changes: readonly Change[], terms: Terms, beliefs: Beliefs): Promise<readonly Happening[]> {
  const time = wholeTimeIn(terms.zone);
  const filters = filtersOf(terms);
  const standing = await foundOut(standingOf(filters, beliefs));
  const drifting = await foundOut(driftingOf(changes, terms, beliefs));
  const whereIs = whereaboutsIn(beliefs.devices);
  return changes.map((change): Happening => {
    const device = deviceIn(beliefs.roll, change);
    const fits = (filter: Filter, one: Device): boolean =>
      matches(filter, one, { now: change.at, typeOf, ...(asksApproval(filter.terms) && { standing: standing() ?? NOBODY }) });
    return {
      change,
      line: tellLine({ change, device: device && tellDevice(device), name: device && deviceName(device), time }),
      subject: subjectOf(change),
      about: partiesOf(change, device),
      fits: (where) => device !== null && fits(filters.get(where) ?? orFault(parseFilter(where)), device),
      get drifting() {
        return drifting()(change);
      },
      whereIs,
    };
  });
}

const NOBODY: Standing = { approved: new Set(), drifting: new Set() };

/** What was found out; or what throws why it could not be, in the middle of the rules that ask for it, and of no others (R50). */
async function foundOut<T>(work: Promise<T>): Promise<() => T> {
  try {
    const found = await work;
    return () => found;
  } catch (fault) {
    if (!(fault instanceof NotKnown)) throw fault;
    return () => {
      throw fault;
    };
  }
}

/** Filters by their text; one that cannot be read is asked for when its rule is judged, and fails with it alone (R50). */
export function filtersOf({ rules, mutes, upkeep }: Pick<Terms, 'rules' | 'mutes' | 'upkeep'>): ReadonlyMap<string, Filter> {
  const texts = new Set([...rules, ...mutes, ...upkeep].flatMap(({ where }) => where ?? []));
  return new Map(
    [...texts].flatMap((text) => {
      const read = parseFilter(text);
      return read.ok ? [[text, read.value] as const] : [];
    }),
  );
}

export async function standingOf(filters: ReadonlyMap<string, Filter>, beliefs: Beliefs): Promise<Standing | null> {
  const asking = [...filters.values()].filter(({ terms }) => asksApproval(terms));
  if (asking.length === 0) return null;
  const asksDrift = asking.some(({ terms }) => terms.some(({ key }) => key === 'drift'));
  const items = asksDrift ? await beliefs.drift() : [];
  const drifting = (items ?? []).flatMap(({ device: { id } }) => id ?? []);
  return { approved: await beliefs.approved(), drifting: new Set(drifting) };
}

/** Whether the device of a change, or the port that it names, is otherwise than approved; null where no rule asks or nothing is approved. */
async function driftingOf(changes: readonly Change[], { rules }: Terms, beliefs: Beliefs): Promise<(change: Change) => boolean | null> {
  const kinds = new Set(rules.filter(({ drift, enabled }) => drift && enabled).flatMap(({ on }) => on));
  const ids = new Set(changes.flatMap(({ kind, device }) => (device !== null && kinds.has(kind) ? [device] : [])));
  const items = ids.size === 0 ? null : await beliefs.drift();
  if (items === null) return () => null;
  const byDevice = Map.groupBy(items, ({ device }) => device.id);
  return ({ device, kind, before, after }) => {
    if (device === null || !ids.has(device) || !kinds.has(kind)) return null;
    const theirs = byDevice.get(device) ?? [];
    const place = placeIn(after) ?? placeIn(before);
    // What nobody approved as a whole has no port that was approved.
    const concerns = ({ place: at }: DriftItem): boolean => at === null || (at.port === place?.port && at.protocol === place.protocol);
    return place === null ? theirs.length > 0 : theirs.some(concerns);
  };
}

function placeIn(side: Change['after']): { readonly port: number; readonly protocol: string } | null {
  const [port, protocol] = [numberIn(side?.['port']), textIn(side?.['protocol'])];
  return port === null || protocol === '' ? null : { port, protocol };
}

/** The device as believed; of one that is gone, as the change has it. */
function deviceIn(roll: Roll, { device: id, at, before, after }: Change): Device | null {
  if (id === null) return null;
  const known = roll.devices.get(id) ?? roll.merged.get(id);
  if (known) return known;
  const said = { ...after, ...before };
  const name = textIn(said['name']);
  return {
    ...NOTHING_LEARNED,
    id,
    site: roll.site,
    firstSeen: at,
    lastSeen: at,
    presence: 'unknown',
    macs: textsIn(said['macs']).map((mac) => ({ mac, vendor: textIn(said['vendor']) === '' ? null : untrusted(textIn(said['vendor'])) })),
    addresses: textsIn(said['addresses']).map((address) => ({ address, seenAt: at })),
    names: [],
    ports: [],
    asked: {},
    os: null,
    labels: { ...NO_LABELS, alias: name === '' ? null : name },
  };
}
