import { type Device, type Labels, type MergeProposal, NO_LABELS } from '../core/index.ts';
import { aliveApart, isDisguised, NEVER_AT_ONCE } from './propose-merges-evidence.ts';
import type { Group } from './propose-merges-groups.ts';

/** Reasons shown; a hostile device may share as much as it likes. */
const REASONS_SHOWN = 8;

export function proposalOf({ members, links }: Group): MergeProposal {
  const [keep, ...absorb] = members.toSorted(
    (a, b) => Number(isLabelled(b)) - Number(isLabelled(a)) || a.firstSeen - b.firstSeen || a.id - b.id,
  );
  const who = members.length === 2 ? 'both' : 'all';
  return {
    keep: keep?.id ?? 0,
    absorb: absorb.map(({ id }) => id).sort((a, b) => a - b),
    confidence: Math.round(Math.min(...links.map(({ confidence }) => confidence)) * 100) / 100,
    reasons: [...likenessesOf(links, members), ...circumstances(members, who)],
  };
}

function likenessesOf(links: Group['links'], members: readonly Device[]): string[] {
  const told = new Map<string, { weight: number; holders: Set<number> }>();
  for (const { a, b, likenesses } of links) {
    for (const { text, weight } of likenesses) {
      const entry = told.get(text) ?? { weight, holders: new Set() };
      told.set(text, entry);
      entry.holders.add(a.id).add(b.id);
    }
  }
  told.delete(NEVER_AT_ONCE);
  return [...told]
    .sort(([, a], [, b]) => b.weight - a.weight || b.holders.size - a.holders.size)
    .slice(0, REASONS_SHOWN)
    .map(([text, { holders }]) => `${subject([...holders], members.length)} ${text}`);
}

function subject(holders: readonly number[], of: number): string {
  if (holders.length === of) return of === 2 ? 'both' : 'all';
  return holders.length <= 3 ? holders.map((id) => `#${id}`).join(' and ') : `${holders.length} of them`;
}

function circumstances(members: readonly Device[], who: string): string[] {
  const byAge = members.toSorted((a, b) => a.firstSeen - b.firstSeen);
  const present = members.filter(({ presence }) => presence === 'present');
  const apart = present.length < 2 && byAge.every((device, i) => i === 0 || aliveApart(byAge[i - 1] as Device, device));
  return [
    ...(apart ? [NEVER_AT_ONCE] : []),
    ...(members.every(isDisguised) ? [`${who} make up their hardware addresses`] : []),
    ...(present.length > 1 ? [`${present.length} of them are present now: one machine with several network cards?`] : []),
  ];
}

/** Whether people said anything of it, but for what it is not. */
function isLabelled({ labels }: Device): boolean {
  if (labels === NO_LABELS) return false;
  const { distinct: _, ...said } = labels;
  return Object.entries(said).some(([key, value]) => (Array.isArray(value) ? value.length > 0 : value !== NO_LABELS[key as keyof Labels]));
}
