import type { RowJson } from '../../../../src/contract/index.ts';
import { type AddressRange, parseAddress, rangesHold } from '../../../../src/core/index.ts';
import { rangeOf, type Segment } from './segments.ts';

export type MapNode =
  | { readonly id: string; readonly kind: 'segment'; readonly segment: Segment; readonly count: number; readonly here: number }
  | { readonly id: string; readonly kind: 'group'; readonly name: string | null; readonly rows: readonly RowJson[]; readonly here: number }
  | { readonly id: string; readonly kind: 'device'; readonly row: RowJson; readonly gateway: boolean };

export interface MapLink {
  readonly from: string;
  readonly to: string;
}

export interface MapModel {
  readonly nodes: readonly MapNode[];
  readonly links: readonly MapLink[];
  /** There were too many devices: groups stand for them. */
  readonly collapsed: boolean;
}

/** More dots than these are no map. */
export const MOST_DEVICES = 500;

/** By what devices of a segment are put together. */
export type Grouping = 'group' | 'type' | 'owner';

const KEYS: Readonly<Record<Grouping, (row: RowJson) => string | null>> = {
  group: ({ groups }) => groups[0] ?? null,
  type: ({ type }) => type,
  owner: ({ owner }) => owner,
};

/** The map of these devices: segments, in each what belongs together, and there the devices, as long as they are few enough. */
export function mapOf(rows: readonly RowJson[], segments: readonly Segment[], by: Grouping): MapModel {
  const collapsed = rows.length > MOST_DEVICES;
  const placed = placeAll(rows, segments);
  const parts = [...placed].map(([segment, within]) => partOf(segment, within, { by, collapsed }));
  const hubs = [...placed.keys()].map(({ id }) => `segment ${id}`);
  // Segments hang together by this machine, which stands in all of them: a chain keeps them on one sheet.
  const between = hubs.slice(1).map((to, i) => ({ from: hubs[i] as string, to }));
  return { nodes: parts.flatMap(({ nodes }) => nodes), links: [...between, ...parts.flatMap(({ links }) => links)], collapsed };
}

interface Way {
  readonly by: Grouping;
  readonly collapsed: boolean;
}

type Part = Pick<MapModel, 'nodes' | 'links'>;

function partOf(segment: Segment, rows: readonly RowJson[], { by, collapsed }: Way): Part {
  const hub = `segment ${segment.id}`;
  const self: MapNode = { id: hub, kind: 'segment', segment, count: rows.length, here: hereOf(rows) };
  const gateway = rows.find(({ id }) => id === segment.gateway);
  const others = Map.groupBy(
    rows.filter((row) => row !== gateway),
    KEYS[by],
  );
  const named = [...others].sort(([a], [b]) => (a ?? '\uffff').localeCompare(b ?? '\uffff'));
  const parts: Part[] = [
    { nodes: [self], links: [] },
    ...(gateway ? [hung([deviceNode(gateway, true)], hub)] : []),
    ...named.map(([name, members]) =>
      name === null && !collapsed
        ? hung(
            members.map((row) => deviceNode(row)),
            hub,
          )
        : groupPart({ hub, name, members, collapsed }),
    ),
  ];
  return { nodes: parts.flatMap(({ nodes }) => nodes), links: parts.flatMap(({ links }) => links) };
}

interface GroupOrder {
  readonly hub: string;
  readonly name: string | null;
  readonly members: readonly RowJson[];
  readonly collapsed: boolean;
}

function groupPart({ hub, name, members, collapsed }: GroupOrder): Part {
  const id = name === null ? `others of ${hub}` : `group ${name} of ${hub}`;
  const group = hung([{ id, kind: 'group', name, rows: members, here: hereOf(members) }], hub);
  if (collapsed) return group;
  const within = hung(
    members.map((row) => deviceNode(row)),
    id,
  );
  return { nodes: [...group.nodes, ...within.nodes], links: [...group.links, ...within.links] };
}

const deviceNode = (row: RowJson, gateway = false): MapNode => ({ id: `device ${row.id}`, kind: 'device', row, gateway });

const hung = (nodes: readonly MapNode[], from: string): Part => ({ nodes, links: nodes.map(({ id }) => ({ from, to: id })) });

const hereOf = (rows: readonly RowJson[]): number => rows.filter(({ presence }) => presence === 'present').length;

/** Each device in the narrowest segment that holds an address of it; the rest in a segment without a block. */
function placeAll(rows: readonly RowJson[], segments: readonly Segment[]): Map<Segment, RowJson[]> {
  const ranged = segments
    .flatMap((segment) => {
      const range = rangeOf(segment.block);
      return range ? [{ segment, range }] : [];
    })
    .sort((a, b) => Number(sizeOf(a.range) - sizeOf(b.range)));
  const placed = new Map<Segment, RowJson[]>(ranged.map(({ segment }) => [segment, []]));
  const rest: RowJson[] = [];
  for (const row of rows) {
    const values = row.addresses.flatMap((address) => parseAddress(address) ?? []);
    const home = ranged.find(({ range }) => values.some((value) => rangesHold([range], value)));
    (home ? (placed.get(home.segment) as RowJson[]) : rest).push(row);
  }
  if (rest.length > 0) placed.set(ELSEWHERE, rest);
  return new Map([...placed].filter(([segment, within]) => within.length > 0 || segment !== ELSEWHERE));
}

/** Where devices stand that are in no segment. */
export const ELSEWHERE: Segment = { id: 'elsewhere', block: '', gateway: null, blind: false };

const sizeOf = ({ first, last }: AddressRange): bigint => last - first;
