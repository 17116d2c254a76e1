import { type ChannelMaker, type ChannelSetup, type ChannelTraits, Fault, type JsonObject, nearest } from '../../core/index.ts';
import { checkName, type Refuse, refusalOf, shown } from './check-rule.ts';

export interface ChannelGround {
  /** All that are in force beside this one, or with it. */
  readonly channels: readonly Pick<ChannelSetup, 'name' | 'fallback'>[];
  readonly maker: ChannelMaker | null;
}

const MINUTE = 60_000;
const LONGEST_TTL = 366 * 24 * 60 * MINUTE;
const HIGHEST_CEILING = 10_000;

/** Fault bad-input for a channel that can never work: which part of it, and what to write. Asks nobody. */
export function checkChannel(setup: ChannelSetup, { channels, maker }: ChannelGround): void {
  const refuse = refusalOf(`channel ${shown(setup.name)}`);
  checkName(refuse, setup.name);
  const { ceiling, ttl } = setup;
  if (!Number.isSafeInteger(ceiling) || ceiling < 0 || ceiling > HIGHEST_CEILING)
    throw refuse('ceiling', `${ceiling} is no number of messages`, 'write 0 for however many, or a number like 3');
  if (!Number.isSafeInteger(ttl) || ttl < MINUTE || ttl > LONGEST_TTL)
    throw refuse('ttl', `${ttl} ms is no such length of time`, 'write a minute or more, and a year at most');
  checkFallback(refuse, setup, channels);
  if (maker !== null) checkOptions(refuse, setup, maker);
}

function checkFallback(refuse: Refuse, { name, fallback }: ChannelSetup, channels: ChannelGround['channels']): void {
  const next = new Map(channels.map((channel) => [channel.name, channel.fallback]));
  next.set(name, fallback);
  if (fallback !== null && !next.has(fallback)) throw refuse('fallback', `there is no channel ${shown(fallback)}`, 'set that one up first');
  const passed = new Set<string>();
  for (let at: string | null = name; at !== null; at = next.get(at) ?? null) {
    if (passed.has(at))
      throw refuse('fallback', `what ${shown(fallback)} cannot deliver would come back here`, 'name one that leads elsewhere');
    passed.add(at);
  }
}

/** All that is wrong with the options, in one sentence. */
function checkOptions(refuse: Refuse, { kind, options }: ChannelSetup, maker: ChannelMaker): void {
  const kinds = maker.kinds.map((traits) => traits.kind);
  if (!kinds.includes(kind)) {
    const meant = nearest(kind, kinds);
    throw refuse(
      'kind',
      `no channel is of kind ${shown(kind)}`,
      meant === undefined ? `write one of ${kinds.join(', ')}` : `write ${meant}`,
    );
  }
  const faults = maker.check(kind, options);
  const [first] = faults;
  if (!first) return;
  const reasons = faults.map(({ key, reason }) => (key === null ? reason : `${key}: ${reason}`));
  throw refuse(first.key ?? 'options', faults.length === 1 ? first.reason : reasons.join('; '), first.remedy);
}

/** What stands where a secret is. */
export const STARS = '***';

/** Options to show: secrets are stars, and of a kind that nobody knows all are. */
export function withStars({ kind, options }: Pick<ChannelSetup, 'kind' | 'options'>, kinds: readonly ChannelTraits[]): JsonObject {
  const traits = kinds.find((one) => one.kind === kind);
  const isSecret = (key: string): boolean => traits === undefined || traits.secrets.includes(key);
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, isSecret(key) && value !== null ? STARS : value]));
}

/** Options with the secrets that were given as stars as they were before. */
export function withSecrets(draft: Pick<ChannelSetup, 'name' | 'kind' | 'options'>, old: ChannelSetup | undefined): JsonObject {
  const known = old?.kind === draft.kind ? old.options : {};
  return Object.fromEntries(
    Object.entries(draft.options).map(([key, value]) => {
      if (value !== STARS) return [key, value];
      const kept = known[key];
      if (kept !== undefined) return [key, kept];
      throw new Fault('bad-input', `setting ${key} of channel ${shown(draft.name)}: stars stand for one that is known`, 'write it whole');
    }),
  );
}
