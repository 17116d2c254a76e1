import type { Fact } from './fact.ts';
import { type DeviceType, type Importance, type Labels, NO_LABELS } from './labels.ts';

/** Labels as facts: one for each thing said, so that each has its own history. */
export function labelFacts(labels: Labels): Fact[] {
  const { alias, type, owner, carried, note, importance, window, probed, gentle, harmed } = labels;
  const said = { alias, type, owner, carried, note, importance: importance === 'normal' ? null : importance, window, gentle, harmed };
  const single = Object.entries(said).flatMap(([key, value]) => (value === null ? [] : [label(key, String(value))]));
  const sets = { group: labels.groups, tag: labels.tags, distinct: labels.distinct.map(String) };
  const each = Object.entries(sets).flatMap(([kind, names]) => names.map((name) => label(`${kind}:${name}`, '')));
  return [...single, ...(probed ? [] : [label('probed', 'false')]), ...each];
}

const label = (key: string, value: string): Fact => ({ kind: 'label', key, value });

/** What {@link labelFacts} wrote. */
export function labelsFromFacts(facts: readonly Fact[]): Labels {
  if (facts.length === 0) return NO_LABELS;
  const said = new Map(facts.map(({ key, value }) => [key, value]));
  const text = (key: string): string | null => said.get(key) ?? null;
  const [window, carried, harmed] = [text('window'), text('carried'), text('harmed')];
  const named = (kind: string): string[] => facts.flatMap(({ key }) => (key.startsWith(`${kind}:`) ? [key.slice(kind.length + 1)] : []));
  return {
    alias: text('alias'),
    type: text('type') as DeviceType | null,
    owner: text('owner'),
    carried: carried === null ? null : carried === 'true',
    groups: named('group').sort(),
    tags: named('tag').sort(),
    note: text('note'),
    importance: (text('importance') ?? NO_LABELS.importance) as Importance,
    window: window === null ? null : Number(window),
    probed: text('probed') !== 'false',
    gentle: text('gentle') === null ? null : text('gentle') === 'true',
    harmed: harmed === null ? null : Number(harmed),
    distinct: named('distinct')
      .map(Number)
      .sort((a, b) => a - b),
  };
}
