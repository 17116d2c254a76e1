import { type Approval, type ApprovalDraft, Fault, holdsAt, type Permit, placeText, type Subject } from '../../core/index.ts';
import type { Keepings } from '../keepings.ts';

/** What was written about approvals: those made, and those whose place they took or that were revoked. */
export interface ApprovalStep {
  readonly operation: string;
  readonly made: readonly Approval[];
  readonly ended: readonly Approval[];
}

type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Remembers what was approved and revoked, so that it can be taken back. Work on approvals goes in turn. */
export function noteApprovals(kept: Keepings, { operation, made, ended }: ApprovalStep, inTurn: InTurn): void {
  const [first] = [...made, ...ended];
  if (!first) return;
  const count = made.length > 0 ? made.length : ended.length;
  const more = count > 1 ? ` and ${count - 1} more` : '';
  kept.undos.note({
    operation,
    what: `${made.length > 0 ? 'approved' : 'revoked'} ${subjectText(first.subject)}: ${permitText(first.permit)}${more}`,
    scope: 'edit',
    devices: [...made, ...ended].flatMap(({ subject }) => (subject.kind === 'device' ? [subject.device] : [])),
    restore: () => inTurn(() => restore(kept, { operation, made, ended }, inTurn)),
  });
}

/** What ended is made anew from now on: what held in between is not rewritten, and it has another number. */
async function restore(kept: Keepings, step: ApprovalStep, inTurn: InTurn): Promise<string | null> {
  const { outside, ledger } = kept;
  const lease = await outside.tenancy.get();
  const now = outside.clock.now();
  const all = await outside.store.approvals({ site: ledger.roll.site });
  refuseChanged(step, all, now);
  const expired = step.ended.filter(({ until }) => until !== null && until <= now);
  const add = step.ended.filter((old) => !expired.includes(old)).map((old): ApprovalDraft => draftAt(old, now));
  const revoked = { at: now, by: null };
  const made = await outside.store.writeApprovals({ add, revoke: step.made.map(({ id }) => id), revoked }, lease);
  noteApprovals(kept, { operation: step.operation, made, ended: step.made }, inTurn);
  return expired.length > 0 ? `${expired.length} of them expired meanwhile, and stay over` : null;
}

const draftAt = ({ id: _, revoked: __, ...approval }: Approval, at: number): ApprovalDraft => ({ ...approval, at });

/** What was made must still hold, and nothing else may have been said of the same since. */
function refuseChanged({ made, ended }: ApprovalStep, all: readonly Approval[], now: number): void {
  const byId = new Map(all.map((approval) => [approval.id, approval]));
  const lost = made.find(({ id }) => !holdsAt(byId.get(id) ?? { at: now, until: now, revoked: null }, now));
  if (lost) throw changedSince(lost, byId.get(lost.id)?.revoked?.by ?? null);
  const own = new Set(made.map(({ id }) => id));
  const about = new Map(all.filter((one) => !own.has(one.id) && holdsAt(one, now)).map((one) => [placeOf(one), one]));
  const again = ended.find((old) => about.has(placeOf(old)));
  if (again) throw changedSince(again, about.get(placeOf(again))?.by ?? null);
}

const changedSince = ({ subject, permit }: Approval, by: string | null): Fault =>
  new Fault(
    'conflict',
    `taking back what was approved of ${subjectText(subject)}: ${permitText(permit)} was changed since${by === null ? '' : ` by ${by}`}`,
    'look at what is approved now, and say by hand what is meant',
  );

/** What an approval is about: one thing of one subject. */
function placeOf({ subject, permit }: Pick<Approval, 'subject' | 'permit'>): string {
  const who = subject.kind === 'device' ? `#${subject.device}` : JSON.stringify(subject);
  return `${who} ${permit.kind === 'service' ? placeText(permit) : permit.kind === 'presence' ? 'presence' : JSON.stringify(permit)}`;
}

function subjectText(subject: Subject): string {
  if (subject.kind === 'device') return subject.named ?? `#${subject.device}`;
  if (subject.kind === 'host') return subject.reference;
  return subject.kind === 'group' ? `group ${subject.name}` : 'everywhere';
}

function permitText(permit: Permit): string {
  if (permit.kind === 'presence') return 'to be here';
  return permit.kind === 'service' ? placeText(permit) : `policy ${permit.kind}`;
}
