import {
  type Approval,
  type ApprovalDraft,
  type ApprovalId,
  deviceName,
  type EntryRead,
  holdsAt,
  type Instant,
  type Permit,
  type Subject,
} from '../../core/index.ts';
import { fold } from '../filter/fold.ts';
import type { Roll } from '../roll.ts';
import { finderIn, keyOf } from './bind.ts';
import { permits } from './permits.ts';

/** What an import comes to. */
export interface Importing {
  readonly drafts: readonly ApprovalDraft[];
  readonly replaces: readonly ApprovalId[];
  readonly already: number;
  readonly expired: number;
  /** Entries about hosts that nobody knows yet. */
  readonly unseen: number;
}

export interface ImportGrounds {
  readonly roll: Roll;
  readonly approvals: readonly Approval[];
  readonly at: Instant;
  /** What fits an approval in force stays as it is: for lists that cannot say why, or until when. */
  readonly gently: boolean;
}

/**
 * What entries of a file add to what is in force: one that is there already adds nothing, and one about the same place of the same
 * device takes its place. A host that is known becomes the device it is; another waits for whoever comes.
 */
export function importEntries(entries: readonly EntryRead[], { roll, approvals, at, gently }: ImportGrounds): Importing {
  const find = finderIn(roll);
  const inForce = approvals.filter((approval) => holdsAt(approval, at));
  const standing = inForce.map((approval) => ({ ...approval, subject: settled(approval.subject, find) }));
  const known = Map.groupBy(standing, placeKey);
  const live = entries.filter(({ until }) => until === null || until > at);
  const drafts = live.map((entry): ApprovalDraft => ({ ...entry, subject: settled(entry.subject, find), site: roll.site, at }));
  const fresh = new Map<string, ApprovalDraft>();
  const replaces = new Set<ApprovalId>();
  const wanted = new Set(drafts.map(sameText));
  for (const draft of drafts) {
    const here = known.get(placeKey(draft)) ?? [];
    if (isThere(draft, here, gently)) continue;
    fresh.set(sameText(draft), draft);
    for (const old of here) if (!wanted.has(sameText(old))) replaces.add(old.id);
  }
  return {
    drafts: [...fresh.values()],
    replaces: [...replaces],
    already: live.length - fresh.size,
    expired: entries.length - live.length,
    unseen: drafts.filter(({ subject }) => subject.kind === 'host').length,
  };
}

function isThere(draft: ApprovalDraft, here: readonly Approval[], gently: boolean): boolean {
  const text = sameText(draft);
  return here.some((old) => sameText(old) === text || (gently && permits(old.permit, draft.permit)));
}

/** A host that is exactly one known device is meant as that. */
function settled(subject: Subject, find: ReturnType<typeof finderIn>): Subject {
  if (subject.kind !== 'host') return subject;
  const [device, ...others] = find({ subject });
  return device && others.length === 0 ? { kind: 'device', device: device.id, named: deviceName(device) } : subject;
}

/** About the same thing; several "nowhere" and "allowed" of one group stand beside each other. */
function placeKey({ subject, permit }: Pick<Approval, 'subject' | 'permit'>): string {
  const what = permit.kind === 'service' ? `${permit.port}/${permit.protocol}` : permit.kind;
  const apart = permit.kind === 'nowhere' || permit.kind === 'allowed' ? JSON.stringify(permit.ports) : '';
  return JSON.stringify([subjectKey(subject), what, apart]);
}

function subjectKey(subject: Subject): readonly (string | number)[] {
  if (subject.kind === 'device') return ['device', subject.device];
  if (subject.kind === 'host') return ['host', keyOf(subject.reference)];
  return subject.kind === 'group' ? ['group', fold(subject.name)] : ['everywhere'];
}

/** What it is called is no part of what it says. */
const sameText = ({ subject, permit, by, why, until }: Pick<Approval, 'subject' | 'permit' | 'by' | 'why' | 'until'>): string =>
  JSON.stringify([subjectKey(subject), permitText(permit), by, why, until]);

/** Keys in one order, wherever the permit comes from. */
function permitText(permit: Permit): string {
  return JSON.stringify(permit, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
