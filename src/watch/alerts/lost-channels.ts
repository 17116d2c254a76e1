import type { ChannelSetup, Rule } from '../../core/index.ts';

interface InForce {
  readonly rules: readonly Rule[];
  readonly channels: readonly ChannelSetup[];
}

/** In sentences: what names a channel that went with another config. What is named when it is saved is there. */
export function lostChannels({ rules, channels }: InForce): readonly string[] {
  const known = new Set(['*', ...channels.map(({ name }) => name)]);
  const lost = (names: readonly string[]): readonly string[] => [...new Set(names)].filter((name) => !known.has(name));
  return [
    ...rules
      .filter(({ enabled }) => enabled)
      .flatMap(({ name, to, escalate }) =>
        lost([...to, ...(escalate?.to ?? [])]).map((channel) => `rule ${name} tells channel ${channel}, which does not exist`),
      ),
    ...channels.flatMap(({ name, fallback }) =>
      lost(fallback === null ? [] : [fallback]).map((channel) => `channel ${name} has fallback ${channel}, which does not exist`),
    ),
  ];
}
