import {
  type ApprovalEntry,
  canonicalAddress,
  canonicalMac,
  type DeviceId,
  type EntryRead,
  Fault,
  orFault,
  parsePlace,
  parsePortLists,
  parseVersionRange,
  readEntry,
} from '../../core/index.ts';
import type { Closeness } from '../../inventory/index.ts';
import { groupsOf } from '../../inventory/index.ts';
import type { ApproveChoice, StandingApproval } from '../../watch/index.ts';
import { chosenAmong, chosenBy } from '../chosen.ts';
import type { ApiContext } from '../context.ts';
import { approvalToJson, approvedToJson, driftToJson, entryToJson } from '../json/approval.ts';
import { readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { partyNamed } from '../one-party.ts';
import { operations } from '../operations.ts';
import { readUntil } from '../read-until.ts';
import { mapInSlices } from '../slices.ts';

export const approvalHandlers = () => ({
  list: operations.approvals.list.handler(async ({ context, input: { at, over } }) => {
    const moment = at === undefined ? null : readMoment(at, nowOf(context));
    return mapInSlices(await context.keeper.approvals({ at: moment, all: over === 'yes' }), approvalToJson);
  }),
  approve: operations.approvals.approve.handler(async ({ context, input }) => {
    const { devices, filter, services, version, why = null, by = null, dryRun } = input;
    const choice = await choiceOf(context, devices, filter);
    const places = services?.map((text) => orFault(parsePlace(text))) ?? null;
    const until = readUntil(input.until, nowOf(context));
    return approvedToJson(await context.keeper.approve({ choice, places, closeness: closenessOf(version), why, by, until, dryRun }));
  }),
  revoke: operations.approvals.revoke.handler(async ({ context, input: { ids, devices, services, by = null } }) => {
    if ((ids === undefined) === (devices === undefined))
      throw new Fault('bad-input', 'revoking approvals: which ones is not clear', 'name devices, or numbers of approvals');
    const places = services?.map((text) => orFault(parsePlace(text))) ?? null;
    const choice = ids
      ? ({ kind: 'ids', ids } as const)
      : ({ kind: 'devices', ...(await approvedHosts(context, devices ?? [])), places } as const);
    return (await context.keeper.revoke(choice, by)).map(approvalToJson);
  }),
  policy: operations.approvals.policy.handler(async ({ context, input }) => {
    const { group, rule, ports, why = null, by = null } = input;
    const until = readUntil(input.until, nowOf(context));
    const name = group === undefined ? null : partyNamed(groupsOf(context.keeper.roll().devices), group, 'group').name;
    const approval = await context.keeper.makePolicy({ group: name, rule, ports: orFault(parsePortLists(ports)), why, by, until });
    return approvalToJson({ approval, inForce: true, device: null });
  }),
  drift: operations.approvals.drift.handler(async ({ context, input: { target = null, at, filter } }) => {
    const moment = at === undefined ? null : readMoment(at, nowOf(context));
    const fits = await chosenBy(context, { filter, at: moment });
    return driftToJson(await context.keeper.drift({ target, at: moment, fits }));
  }),
  export: operations.approvals.export.handler(async ({ context }) => {
    const inForce = await context.keeper.approvals({ at: null, all: false });
    // A device that was forgotten is nobody.
    const entries = await mapInSlices(inForce.filter(isMeant), entryToJson);
    return entries.sort(byEntry);
  }),
  import: operations.approvals.import.handler(async ({ context, input: { entries, gently, dryRun } }) =>
    context.keeper.importApprovals({ entries: entries.map(entryFrom), gently, dryRun }),
  ),
});

const isMeant = ({ approval, device }: StandingApproval): boolean => approval.subject.kind !== 'device' || device !== null;

function entryFrom(entry: ApprovalEntry, index: number): EntryRead {
  const read = readEntry(entry);
  if (read.ok) return read.value;
  throw new Fault('bad-input', `reading entry ${index + 1}: ${read.reason}`, read.remedy);
}

/** Policies last, then by device or group and port: the same whatever order it was said in. */
function byEntry(a: ApprovalEntry, b: ApprovalEntry): number {
  const [left, right] = [sortKey(a), sortKey(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

function sortKey(entry: ApprovalEntry): string {
  const { device, group, port } = entry;
  const [number = '', protocol = ''] = port?.split('/') ?? [];
  return [device === undefined ? 1 : 0, device ?? group ?? '', protocol, number.padStart(5, '0'), JSON.stringify(entry)].join('\u0000');
}

async function choiceOf(context: ApiContext, devices: readonly string[] | undefined, filter: string | undefined): Promise<ApproveChoice> {
  if ((devices === undefined) === (filter === undefined))
    throw new Fault('bad-input', 'approving devices: which ones is not clear', 'name them, or give a filter');
  if (filter !== undefined && filter.trim() === '')
    throw new Fault('bad-input', 'approving devices: the filter is blank, and would mean all of them', 'write what they have in common');
  if (devices) return { kind: 'named', ...hostsNamed(context, devices) };
  const found = await chosenAmong(context, context.keeper.roll().devices, { filter });
  return { kind: 'found', devices: found.map(({ id }) => id) };
}

interface Hosts {
  readonly devices: readonly DeviceId[];
  readonly unseen: readonly string[];
}

/** Devices, and the addresses and hardware addresses of those that nobody knows yet. */
function hostsNamed(context: ApiContext, references: readonly string[], isUnseen: (reference: string) => boolean = () => false): Hosts {
  const [devices, unseen]: [DeviceId[], string[]] = [[], []];
  for (const reference of new Set(references)) {
    const named = hostNamed(context, reference, isUnseen);
    if (typeof named === 'string') unseen.push(named);
    else devices.push(named);
  }
  return { devices, unseen };
}

/** A device, or the reference to one that nobody knows yet. */
function hostNamed({ keeper }: ApiContext, reference: string, isUnseen: (reference: string) => boolean): DeviceId | string {
  try {
    return keeper.findDevice(reference).id;
  } catch (failure) {
    if (!(failure instanceof Fault) || failure.code !== 'not-found') throw failure;
    const plain = canonicalMac(reference) ?? canonicalAddress(reference);
    if (plain !== undefined) return plain;
    if (isUnseen(reference)) return reference;
    throw failure;
  }
}

/** The same, where a name that a file approved may be taken back too. */
async function approvedHosts(context: ApiContext, references: readonly string[]): Promise<Hosts> {
  const inForce = await context.keeper.approvals({ at: null, all: false });
  const names = new Set(inForce.flatMap(({ approval: { subject } }) => (subject.kind === 'host' ? [subject.reference.toLowerCase()] : [])));
  return hostsNamed(context, references, (reference) => names.has(reference.toLowerCase()));
}

function closenessOf(version: string): Closeness {
  if (version === 'exact' || version === 'any' || version === 'port') return version;
  return orFault(parseVersionRange(version));
}
