import type { DeviceJson, DriftJson, IncidentJson, RollcallClient, TargetStatusJson } from '../../contract/index.ts';
import { type AddressRange, Fault, type Instant, isWithin, mergeRanges, parseTarget } from '../../core/index.ts';
import { type Expected, type Roster, readExpectedFile, rosterOf } from './expected.ts';
import { lookAt, lookByHand, type TargetLook } from './looks.ts';
import type { CheckOrder } from './options.ts';

/** What a check is judged by. */
export interface Facts {
  readonly now: Instant;
  /** Devices that count: those of the target that fit the filter. */
  readonly counted: readonly DeviceJson[];
  readonly looks: readonly TargetLook[];
  /** null: nobody asked. */
  readonly roster: Roster | null;
  readonly fresh: readonly DeviceJson[] | null;
  readonly drift: DriftJson | null;
  /** Open, and not acknowledged. */
  readonly incidents: readonly IncidentJson[] | null;
}

export interface FactOrder {
  readonly order: CheckOrder;
  readonly now: Instant;
  readonly signal: AbortSignal;
}

/** Asks everything the order needs. */
export async function factsOf(client: RollcallClient, { order, now, signal }: FactOrder): Promise<Facts> {
  const { filter, target, expect, fresh, drift } = order;
  const expected: readonly Expected[] | null = expect === null ? null : await readExpectedFile(expect);
  const [targets, devices] = await Promise.all([client.targets.list(undefined, { signal }), client.devices.list({}, { signal })]);
  const watched = target === null ? targets : [targetNamed(targets, target)];
  const counted = await countedOf(client, { devices, filter, target: target === null ? null : (watched[0] ?? null), signal });
  const looking = { stale: order.stale, now, signal };
  const looks = watched.length > 0 ? watched.map((status) => lookAt(client, status, looking)) : [lookByHand(client, looking)];
  return {
    now,
    counted,
    looks: await Promise.all(looks),
    roster: expected && rosterOf(expected, devices),
    fresh: fresh === null ? null : counted.filter(({ firstSeen }) => now - Date.parse(firstSeen) <= fresh),
    drift: drift ? await client.approvals.drift(driftInput(filter, watched[0], target), { signal }) : null,
    incidents: order.incidents ? await openIncidents(client, signal) : null,
  };
}

/** Incidents that are read at most: nobody looks at more. */
const INCIDENTS = 1000;

async function openIncidents(client: RollcallClient, signal: AbortSignal): Promise<readonly IncidentJson[]> {
  const open = await client.incidents.list({ limit: INCIDENTS }, { signal });
  return open.filter(({ acknowledged }) => acknowledged === null);
}

const driftInput = (filter: string | null, first: TargetStatusJson | undefined, target: string | null) => ({
  ...(filter !== null && { filter }),
  ...(target !== null && first && { target: String(first.target.id) }),
});

/** By id, with "#" or without, or by its text. */
function targetNamed(targets: readonly TargetStatusJson[], reference: string): TargetStatusJson {
  const found = targets.find(({ target }) => target.target === reference || String(target.id) === reference.replace(/^#/, ''));
  if (found) return found;
  const known = targets.map(({ target }) => target.target).slice(0, 5);
  throw new Fault(
    'not-found',
    `finding target ${JSON.stringify(reference.slice(0, 60))}: it is not watched`,
    known.length > 0 ? `watched are ${known.join(', ')}` : 'watch it with "rollcall watch"',
  );
}

interface CountOrder {
  readonly devices: readonly DeviceJson[];
  readonly filter: string | null;
  readonly target: TargetStatusJson | null;
  readonly signal: AbortSignal;
}

async function countedOf(client: RollcallClient, { devices, filter, target, signal }: CountOrder): Promise<readonly DeviceJson[]> {
  const fitting = filter === null ? devices : await client.devices.list({ filter }, { signal });
  return target === null ? fitting : fitting.filter(liesIn(target));
}

/** Whether a device was seen last in a target; of one by name, where its newest scan looked. */
function liesIn({ target, plans }: TargetStatusJson): (device: DeviceJson) => boolean {
  const own = rangesIn(target.target.split(','));
  const ranges = own.length > 0 ? own : rangesIn(plans.flatMap(({ lastScan }) => lastScan?.coverage?.addresses ?? []));
  return ({ addresses }) => addresses.some((address) => isWithin(ranges, address));
}

function rangesIn(texts: readonly string[]): AddressRange[] {
  const specs = texts.map(parseTarget);
  return mergeRanges(specs.flatMap((spec) => (spec.ok && spec.value.kind === 'ranges' ? spec.value.ranges : [])));
}
