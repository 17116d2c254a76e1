import { type Device, type Fact, type FactKind, factsOf, type Instant, presenceFact, type SpanDelta } from '../core/index.ts';
import type { PresenceRules } from './presence.ts';

const idOf = (fact: Fact): string => `${fact.kind} ${fact.key}`;

/** Which spans end and begin when a scan takes a device from one state to the next; null when none do. */
export function spanDelta(before: Device | null, after: Device, rules: PresenceRules): SpanDelta | null {
  const gap = before && unwatchedGap(before, after, rules);
  if (gap) return withGap(differingSpans(before, after), { before, after, ...gap });
  return amendedSpans(before, after);
}

/** The same for what a person says: a word about a device is no sighting of it. null after: it is forgotten. */
export function amendedSpans(before: Device | null, after: Device | null): SpanDelta | null {
  if (!before && !after) return null;
  const delta = differingSpans(before, after);
  return delta.close.length + delta.open.length === 0 ? null : delta;
}

function differingSpans(before: Device | null, after: Device | null): SpanDelta {
  const old = new Map((before ? factsOf(before) : []).map((fact) => [idOf(fact), fact]));
  const open: Fact[] = [];
  for (const fact of after ? factsOf(after) : []) {
    if (old.get(idOf(fact))?.value !== fact.value) open.push(fact);
    else old.delete(idOf(fact));
  }
  const close = [...old.values()].map(({ kind, key }) => ({ kind, key }));
  return { device: (after ?? before)?.id ?? 0, close, open };
}

/**
 * The time in which nobody knew: from when the old sighting went stale until it was seen again, or was found to have
 * left although nobody had watched for so long.
 */
export function unwatchedGap(before: Device, after: Device, rules: PresenceRules): { from: Instant; to: Instant } | null {
  if (before.presence !== 'present') return null;
  const from = before.lastSeen + rules.staleAfter(before);
  const told = after.presence === 'away' ? from < (rules.watchedSince ?? 0) : after.lastSeen === rules.at;
  return told && from < rules.at ? { from, to: rules.at } : null;
}

type Gap = { readonly before: Device; readonly after: Device; readonly from: Instant; readonly to: Instant };

/** The session ends where the sighting went stale; until the scan presence was unknown, then it is what the scan says. */
function withGap(delta: SpanDelta, { before, after, from, to }: Gap): SpanDelta {
  const others = <T extends { readonly kind: FactKind }>(facts: readonly T[]): T[] => facts.filter(({ kind }) => kind !== 'presence');
  return {
    ...delta,
    close: [...others(delta.close), { kind: 'presence', key: '', at: from }],
    open: [...others(delta.open), presenceFact(after.presence, after.lastSeen)],
    past: [{ fact: presenceFact('unknown', before.lastSeen), from, to }],
  };
}
