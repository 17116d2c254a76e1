import { type MapJson, MOST_IN_SEGMENT, MOST_ON_MAP, type SegmentJson } from '../../contract/index.ts';
import { type Device, type DeviceType, Fault } from '../../core/index.ts';
import { groupsOf, type Placed, placeDevices } from '../../inventory/index.ts';
import type { Segment } from '../../watch/index.ts';
import { chosenAmong } from '../chosen.ts';
import { typeOf } from '../guesses.ts';
import { instantOrNull, instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';
import { inSteps } from '../paced.ts';

const MOST_LINKS = 500;
const MOST_GROUPS = 50;
const ELSEWHERE = 'elsewhere';

export const mapHandler = () =>
  operations.networks.map.handler(async ({ context, input: { segment, filter } }): Promise<MapJson> => {
    const { keeper } = context;
    const { seq, devices: all } = keeper.roll();
    const devices = await chosenAmong(context, all, { filter });
    const segments = keeper.segments();
    const placed = await inSteps(placeDevices(devices, segments));
    const most = segment === undefined ? (devices.length > MOST_ON_MAP ? 0 : MOST_ON_MAP) : MOST_IN_SEGMENT;
    const told = segmentsToJson({ segments, placed, most, all });
    if (segment !== undefined && told.every(({ id }) => id !== segment)) throw noSegment(segment);
    const shown = segment === undefined ? told : told.filter(({ id }) => id === segment);
    const ids = new Set(shown.map(({ id }) => id));
    const links = placed.bridges
      .map(({ device, between: [from, to] }) => ({ device, from: idOf(segments[from]), to: idOf(segments[to]) }))
      .filter(({ from, to }) => ids.has(from) || ids.has(to));
    return { seq, devices: devices.length, collapsed: most < devices.length, segments: shown, links: links.slice(0, MOST_LINKS) };
  });

const noSegment = (id: string): Fault =>
  new Fault('not-found', `finding segment ${JSON.stringify(id.slice(0, 80))}: there is none`, 'ask for the whole map first');

/** What a segment is asked for by. */
export function idOf(segment: Pick<Segment, 'target' | 'text'> | undefined): string {
  if (segment === undefined) return ELSEWHERE;
  return segment.target === null ? segment.text : `target-${segment.target}`;
}

interface Drawing {
  readonly segments: readonly Segment[];
  readonly placed: Placed;
  /** Members told of each. */
  readonly most: number;
  readonly all: readonly Device[];
}

function segmentsToJson({ segments, placed, most, all }: Drawing): SegmentJson[] {
  const holders = new Map(segments.flatMap(({ gateways }) => gateways).map((address) => [address, holderOf(all, address)]));
  const known = segments.map((segment, i): SegmentJson => {
    const { target, text, iface, unseen, lookedAt, stale, gateways } = segment;
    return {
      id: idOf(segment),
      target,
      block: text,
      iface,
      gateways: gateways.map((address) => ({ address, device: holders.get(address) ?? null })),
      unseen: unseen && { since: instantToJson(unseen.since), cause: unseen.cause },
      lookedAt: instantOrNull(lookedAt),
      stale,
      ...countsOf(placed.members[i] ?? [], most),
    };
  });
  const nowhere = { id: ELSEWHERE, target: null, block: null, iface: null, gateways: [], unseen: null, lookedAt: null, stale: false };
  return placed.elsewhere.length === 0 ? known : [...known, { ...nowhere, ...countsOf(placed.elsewhere, most) }];
}

const holderOf = (devices: readonly Device[], address: string): number | null => {
  const holders = devices.filter(({ addresses }) => addresses.some((place) => place.address === address));
  return (holders.find(({ presence }) => presence === 'present') ?? holders[0])?.id ?? null;
};

function countsOf(devices: readonly Device[], most: number): Pick<SegmentJson, 'devices' | 'presence' | 'types' | 'groups' | 'members'> {
  const presence = { present: 0, away: 0, unknown: 0 };
  const types = new Map<DeviceType, number>();
  for (const device of devices) {
    presence[device.presence]++;
    const type = typeOf(device);
    if (type !== null) types.set(type, (types.get(type) ?? 0) + 1);
  }
  const groups = groupsOf(devices)
    .map((group) => ({ name: group.name, devices: group.devices.length }))
    .sort((a, b) => b.devices - a.devices);
  const members = devices.length > most ? null : devices.map(({ id }) => id);
  return { devices: devices.length, presence, types: Object.fromEntries(types), groups: groups.slice(0, MOST_GROUPS), members };
}
