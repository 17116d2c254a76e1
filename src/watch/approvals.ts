import { type Approval, type DeviceId, Fault, holdsAt, type Instant, LAST_MOMENT } from '../core/index.ts';
import { type Approving, approvalsMeant, approve, finderIn, importEntries, type Roll } from '../inventory/index.ts';
import type {
  ApprovalImport,
  Approvals,
  Approved,
  ApproveRequest,
  Imported,
  PolicyRequest,
  RevokeChoice,
  StandingApproval,
} from './approvals-asked.ts';
import { momentNow, surveyOf } from './belief-view.ts';
import { driftOf, rollWhen } from './drift.ts';
import { belongs } from './territory.ts';
import { noteApprovals } from './undo/approval-deed.ts';
import type { Watching } from './watching.ts';

/** What people allow. Writes go one after another, so that what was approved twice at once is still approved once. */
export function approvalsOf(wired: Watching): Approvals {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn: InTurn = (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {}); // the caller hears of it; the next in line is not to blame
    return turn;
  };
  return {
    approve: (request) => inTurn(() => approveIn(wired, [request], inTurn)),
    approveEach: (requests) => inTurn(() => approveIn(wired, requests, inTurn)),
    makePolicy: (request) => inTurn(() => makePolicy(wired, request, inTurn)),
    revoke: (choice, by) => inTurn(() => revoke(wired, choice, { by, inTurn })),
    approvals: (query) => standing(wired, query),
    drift: (request) => driftOf(wired, request),
    renamePolicies: (from, to) => inTurn(() => renamePolicies(wired, { from, to }, inTurn)),
    importApprovals: (request) => inTurn(() => importIn(wired, request, inTurn)),
  };
}

/** What is known when something is to be written. */
interface Grounds {
  readonly roll: Roll;
  readonly approvals: readonly Approval[];
  readonly at: Instant;
}

async function groundsOf(wired: Watching, at?: Instant): Promise<Grounds> {
  const { outside, ledger } = wired;
  await outside.tenancy.get(); // with it comes what another process has committed
  const approvals = await outside.store.approvals({ site: ledger.roll.site });
  return { approvals, roll: await rollWhen(wired, null), at: at ?? momentNow(wired) };
}

interface Written extends Pick<Approving, 'drafts' | 'replaces'> {
  readonly grounds: Grounds;
  /** Operation of the contract. */
  readonly operation: string;
}

/** And remembers how to take it back. */
async function write(wired: Watching, { drafts, replaces, grounds, operation }: Written, inTurn: InTurn): Promise<readonly Approval[]> {
  if (drafts.length + replaces.length === 0) return [];
  const { outside } = wired;
  const revoked = { at: grounds.at, by: drafts[0]?.by ?? null };
  const made = await outside.store.writeApprovals({ add: drafts, revoke: replaces, revoked }, await outside.tenancy.get());
  const ended = grounds.approvals.filter(({ id }) => replaces.includes(id));
  noteApprovals(wired, { operation, made, ended }, inTurn);
  return made;
}

type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

async function approveIn(wired: Watching, requests: readonly ApproveRequest[], inTurn: InTurn): Promise<Approved> {
  const known = await groundsOf(wired, requests[0]?.at);
  const all: (Approving & Pick<Approved, 'away'>)[] = [];
  for (const request of requests) all.push(await approvingOf(wired, request, known));
  const [drafts, replaces] = [all.flatMap((one) => one.drafts), [...new Set(all.flatMap((one) => one.replaces))]];
  const isAsked = requests.some(({ dryRun }) => dryRun);
  if (!isAsked) await write(wired, { drafts, replaces, grounds: known, operation: 'approvals.approve' }, inTurn);
  const sum = (of: 'devices' | 'services' | 'portOnly' | 'already' | 'away'): number => all.reduce((total, one) => total + one[of], 0);
  return {
    devices: sum('devices'),
    services: sum('services'),
    portOnly: sum('portOnly'),
    already: sum('already'),
    away: sum('away'),
    leftOut: all.flatMap(({ leftOut }) => leftOut),
    made: drafts.length,
    replaced: replaces.length,
  };
}

async function approvingOf(
  wired: Watching,
  { choice, until, dryRun: _, at: __, ...rest }: ApproveRequest,
  grounds: Grounds,
): Promise<Approving & Pick<Approved, 'away'>> {
  const { at, roll } = grounds;
  refusePast(until, at);
  const chosen = choice.kind === 'target' ? await hereIn(wired, grounds, choice.target) : { ids: choice.devices, away: 0 };
  const devices = [...new Set(chosen.ids)].flatMap((id) => roll.devices.get(id) ?? []);
  const unseen = choice.kind === 'named' ? choice.unseen : [];
  return { ...approve({ ...rest, devices, unseen, byName: choice.kind === 'named', at, until }, grounds), away: chosen.away };
}

/** All devices of a target but those that are away. */
async function hereIn(wired: Watching, { roll, at }: Grounds, target: string | null): Promise<{ ids: readonly number[]; away: number }> {
  const { territory } = await surveyOf(wired, target, at);
  const inside = [...roll.devices.values()].filter((device) => belongs(territory, device));
  const here = inside.filter(({ presence }) => presence !== 'away');
  return { ids: here.map(({ id }) => id), away: inside.length - here.length };
}

function refusePast(until: Instant | null, at: Instant): void {
  if (until === null || (until > at && until <= LAST_MOMENT)) return;
  const [text, reason] = until > at ? ['so long', 'no clock goes so far'] : [`until ${new Date(until).toISOString()}`, 'that is over'];
  throw new Fault('bad-input', `approving ${text}: ${reason}`, 'write a day or a moment to come, or a length like 90d');
}

async function makePolicy(wired: Watching, { group, rule, ports, by, why, until }: PolicyRequest, inTurn: InTurn): Promise<Approval> {
  const grounds = await groundsOf(wired);
  refusePast(until, grounds.at);
  const subject = group === null ? ({ kind: 'everywhere' } as const) : ({ kind: 'group', name: group } as const);
  const entry = { subject, permit: { kind: rule, ports }, by, why, until } as const;
  const importing = importEntries([entry], { ...grounds, gently: false });
  const [made] = await write(wired, { ...importing, grounds, operation: 'approvals.policy' }, inTurn);
  const known = (): Approval | undefined =>
    grounds.approvals.find(
      (old) =>
        holdsAt(old, grounds.at) &&
        old.permit.kind === rule &&
        JSON.stringify([old.subject, old.permit]) === JSON.stringify([subject, entry.permit]),
    );
  const policy = made ?? known();
  if (!policy) throw new Fault('conflict', 'making a policy: it was revoked meanwhile', 'say it again');
  return policy;
}

async function renamePolicies(
  wired: Watching,
  { from, to }: { readonly from: string; readonly to: string },
  inTurn: InTurn,
): Promise<void> {
  const grounds = await groundsOf(wired);
  const { approvals, at } = grounds;
  const moved = approvals.filter(({ subject, ...rest }) => subject.kind === 'group' && alike(subject.name, from) && holdsAt(rest, at));
  const drafts = moved.map(({ id: _, revoked: __, ...approval }) => ({ ...approval, at, subject: { kind: 'group', name: to } as const }));
  await write(wired, { drafts, replaces: moved.map(({ id }) => id), grounds, operation: 'groups.rename' }, inTurn);
}

/** A file may spell a group in another case. */
const alike = (a: string, b: string): boolean => a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();

async function revoke(
  wired: Watching,
  choice: RevokeChoice,
  { by, inTurn }: { readonly by: string | null; readonly inTurn: InTurn },
): Promise<readonly StandingApproval[]> {
  const grounds = await groundsOf(wired);
  const meant = choice.kind === 'ids' ? byIds(grounds, choice.ids) : approvalsMeant(choice, grounds);
  if (meant.length === 0)
    throw new Fault('not-found', 'revoking approvals: nothing in force is meant', 'list what is with "rollcall baseline list"');
  const work = { add: [], revoke: meant.map(({ id }) => id), revoked: { at: grounds.at, by } };
  await wired.outside.store.writeApprovals(work, await wired.outside.tenancy.get());
  noteApprovals(wired, { operation: 'approvals.revoke', made: [], ended: meant }, inTurn);
  return meant.map(standingIn(grounds.roll, false));
}

/** Fault not-found for a number that nothing in force has. */
function byIds({ approvals, at }: Grounds, ids: readonly number[]): readonly Approval[] {
  const inForce = new Map(approvals.filter((approval) => holdsAt(approval, at)).map((approval) => [approval.id, approval]));
  const lost = ids.find((id) => !inForce.has(id));
  if (lost !== undefined)
    throw new Fault(
      'not-found',
      `revoking approval ${lost}: there is none in force by that number`,
      'list them with "rollcall baseline list"',
    );
  return [...new Set(ids)].flatMap((id) => inForce.get(id) ?? []);
}

/** Devices of which an approval was in force at a moment, by the roll of that moment. */
export async function approvedBy({ outside }: Watching, roll: Roll, at: Instant): Promise<ReadonlySet<DeviceId>> {
  const approvals = await outside.store.approvals({ site: roll.site, madeBy: at });
  const find = finderIn(roll);
  return new Set(approvals.flatMap((approval) => (holdsAt(approval, at) ? (find(approval)[0]?.id ?? []) : [])));
}

async function standing(wired: Watching, { at: asked, all }: Parameters<Approvals['approvals']>[0]): Promise<readonly StandingApproval[]> {
  const at = asked ?? momentNow(wired);
  const approvals = await wired.outside.store.approvals({ site: wired.ledger.roll.site, madeBy: at });
  const roll = await rollWhen(wired, asked);
  const [inForce, over] = [standingIn(roll, true), standingIn(roll, false)];
  return approvals.flatMap((approval) => (holdsAt(approval, at) ? [inForce(approval)] : all ? [over(approval)] : []));
}

function standingIn(roll: Roll, inForce: boolean): (approval: Approval) => StandingApproval {
  const find = finderIn(roll);
  return (approval) => ({ approval, inForce, device: find(approval)[0] ?? null });
}

async function importIn(wired: Watching, { entries, gently, dryRun }: ApprovalImport, inTurn: InTurn): Promise<Imported> {
  const grounds = await groundsOf(wired);
  const importing = importEntries(entries, { ...grounds, gently });
  if (!dryRun) await write(wired, { ...importing, grounds, operation: 'approvals.import' }, inTurn);
  const { drafts, replaces, ...told } = importing;
  return { ...told, made: drafts.length, replaced: replaces.length };
}
