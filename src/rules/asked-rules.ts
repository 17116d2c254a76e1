import type { ChangeKind, Rule } from '../core/index.ts';
import type { ChannelTerms, Terms } from './terms.ts';

/** Terms in the order in which they are looked up. */
export interface AskedTerms {
  readonly terms: Terms;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly byKind: ReadonlyMap<ChangeKind, readonly Rule[]>;
  readonly channels: ReadonlyMap<string, ChannelTerms>;
}

export function askedTerms(terms: Terms): AskedTerms {
  const byKind = new Map<ChangeKind, Rule[]>();
  for (const rule of terms.rules) for (const kind of new Set(rule.on)) byKind.set(kind, [...(byKind.get(kind) ?? []), rule]);
  return {
    terms,
    byKind,
    rules: new Map(terms.rules.map((rule) => [rule.name, rule])),
    channels: new Map(terms.channels.map((channel) => [channel.name, channel])),
  };
}

/** The channels that names mean, each once; what does not exist is left out. */
export function channelsMeant({ channels, terms }: AskedTerms, names: readonly string[]): ChannelTerms[] {
  const usual = terms.channels.filter((channel) => channel.usual).map(({ name }) => name);
  const meant = new Set(names.flatMap((name) => (name === '*' ? usual : [name])));
  return [...meant].flatMap((name) => channels.get(name) ?? []);
}
