import type { Device, DeviceId, Instant, ScanId, SpanDelta, Store } from '../core/index.ts';
import { type Grafted, graft, type Matched, matchPasts, type PastDevice, type Roll, type Stored } from '../inventory/index.ts';

/** What pasts make of the roll. */
export interface GraftWork {
  readonly touched: readonly { readonly before: Device | null; readonly after: Device }[];
  readonly created: readonly { readonly device: DeviceId; readonly firstSeen: Instant }[];
  readonly aged: readonly { readonly device: DeviceId; readonly firstSeen: Instant }[];
  readonly spans: readonly SpanDelta[];
  readonly sightings: Grafted['sightings'];
  readonly sessions: number;
  /** Devices that the pasts are of, changed or not. */
  readonly matched: number;
}

export interface Grafting {
  graft(roll: Roll, pasts: readonly PastDevice[]): Promise<GraftWork>;
}

interface Soil {
  readonly store: Pick<Store, 'spansOf' | 'scan'>;
  readonly site: string;
  readonly at: Instant;
}

/** Puts pasts before what the store holds. Writes nothing. */
export function graftingOf({ store, site, at }: Soil): Grafting {
  const imports = new Map<ScanId, boolean>();
  const isImport = async (id: ScanId): Promise<boolean> => {
    const known = imports.get(id) ?? (await store.scan(id))?.plan === 'import';
    imports.set(id, known);
    return known;
  };
  return {
    async graft(roll, pasts) {
      const grown: Grafted[] = [];
      let next = roll.lastDevice;
      for (const matched of matchPasts(roll, pasts)) {
        const id = matched.device?.id ?? ++next;
        grown.push(graft(matched, await storedOf(matched, store, isImport), { id, site, at }));
      }
      return workOf(grown);
    },
  };
}

/** What is remembered of a device. What an import told of its presence, we did not watch. */
async function storedOf({ device }: Matched, store: Soil['store'], isImport: (id: ScanId) => Promise<boolean>): Promise<Stored> {
  if (device === null) return { spans: [], watchedFrom: null };
  const spans = await store.spansOf(device.id);
  let watchedFrom: Instant | null = null;
  for (const { kind, from, openedBy } of spans) {
    if (kind !== 'presence' || (watchedFrom !== null && from >= watchedFrom) || (await isImport(openedBy))) continue;
    watchedFrom = from;
  }
  return { spans, watchedFrom };
}

function workOf(grown: readonly Grafted[]): GraftWork {
  const changed = grown.filter(({ delta }) => delta !== null);
  return {
    touched: changed.map(({ before, after }) => ({ before, after })),
    created: changed.flatMap(({ before, after: { id, firstSeen } }) => (before === null ? [{ device: id, firstSeen }] : [])),
    aged: changed.flatMap(({ before, after }) =>
      before !== null && ownAge(after) < ownAge(before) ? [{ device: after.id, firstSeen: ownAge(after) }] : [],
    ),
    spans: changed.flatMap(({ delta }) => delta ?? []),
    sightings: changed.flatMap(({ sightings }) => sightings),
    sessions: grown.reduce((sum, { sessions }) => sum + sessions, 0),
    matched: grown.length,
  };
}

/** Since when it is known itself, whatever was merged into it. */
const ownAge = ({ firstSeen, ownFirstSeen }: Device): Instant => ownFirstSeen ?? firstSeen;
