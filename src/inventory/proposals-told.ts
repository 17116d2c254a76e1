import type { Change, ChangeDraft } from '../core/index.ts';

/** Which pairs were proposed to be one, by {@link pairOf}; oldest first. A value: replaced, never edited. */
export type ProposalsTold = ReadonlySet<string>;
export const NOTHING_PROPOSED: ProposalsTold = new Set();

/** Most pairs that are remembered: a hostile network may look like as many as it likes. */
const REMEMBERED = 4096;

/**
 * The drafts without proposals that were told before (R39): a phone with another face each day looks like each of its former
 * ones as soon as the last of them has left, and not for the first time.
 */
export function proposedOnce(
  told: ProposalsTold,
  drafts: readonly ChangeDraft[],
): { readonly drafts: readonly ChangeDraft[]; readonly told: ProposalsTold } {
  const fresh = drafts.filter((draft) => !told.has(pairOf(draft)));
  return { drafts: fresh, told: fresh.length === 0 ? told : remembering(told, fresh) };
}

/** What was proposed, from past changes, oldest first. */
export const recallProposals = (changes: readonly Change[]): ProposalsTold =>
  remembering(
    NOTHING_PROPOSED,
    changes.filter(({ kind }) => kind === 'merge.proposed'),
  );

const remembering = (told: ProposalsTold, more: readonly ChangeDraft[]): ProposalsTold =>
  new Set([...told, ...more.map(pairOf)].slice(-REMEMBERED));

const pairOf = ({ device, after }: Pick<ChangeDraft, 'device' | 'after'>): string => `${device} ${JSON.stringify(after?.['keep'] ?? null)}`;
