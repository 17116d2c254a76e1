import { type Device, type Fact, factsOf, type Instant, presenceFact, type SpanDelta } from '../core/index.ts';
import type { PresenceRules } from './presence.ts';

const idOf = (fact: Fact): string => `${fact.kind} ${fact.key}`;

/** Which spans end and begin when a device goes from one state to the next; null when none do. */
export function spanDelta(before: Device | null, after: Device, rules: PresenceRules): SpanDelta | null {
  const old = new Map((before ? factsOf(before) : []).map((fact) => [idOf(fact), fact]));
  const open: Fact[] = [];
  for (const fact of factsOf(after)) {
    if (old.get(idOf(fact))?.value !== fact.value) open.push(fact);
    else old.delete(idOf(fact));
  }
  const close = [...old.values()].map(({ kind, key }) => ({ kind, key }));
  const gap = before && unwatchedGap(before, after, rules);
  if (gap) return withGap({ device: after.id, close, open }, { before, ...gap });
  return close.length + open.length === 0 ? null : { device: after.id, close, open };
}

/** The time in which nobody knew: from when the old sighting went stale until it was seen again. */
export function unwatchedGap(before: Device, after: Device, rules: PresenceRules): { from: Instant; to: Instant } | null {
  if (before.presence !== 'present' || after.presence !== 'present') return null;
  const from = before.lastSeen + rules.staleAfter(before);
  return from < rules.at && after.lastSeen === rules.at ? { from, to: rules.at } : null;
}

/** The session ends where the sighting went stale, and a new one begins: in between, presence was unknown. */
function withGap(delta: SpanDelta, { before, from, to }: { before: Device; from: Instant; to: Instant }): SpanDelta {
  return {
    ...delta,
    close: [...delta.close, { kind: 'presence', key: '', at: from }],
    open: [...delta.open, presenceFact('present', to)],
    past: [{ fact: presenceFact('unknown', before.lastSeen), from, to }],
  };
}
