import type { ChannelJson, ChannelKindJson, ChannelSetupJson, ChannelTestJson } from '../../contract/index.ts';
import { type ChannelSetup, type ChannelTraits, formatDuration, type JsonObject } from '../../core/index.ts';
import type { ChannelStanding, ChannelTest } from '../../watch/index.ts';
import { instantOrNull } from '../moment.ts';

/** What stands for a secret, wherever one would be shown. */
export const STARS = '***';

export function kindToJson({ kind, what, edits, secrets, options }: ChannelTraits): ChannelKindJson {
  return {
    kind,
    what,
    edits,
    secrets: [...secrets],
    options: options.map((option) => ({ key: option.key, what: option.what, needed: option.needed })),
  };
}

/** What holds for a channel whatever its kind is. */
export const termsToJson = ({ usual, quiet, ceiling, ttl, fallback }: ChannelSetup) => ({
  usual,
  quiet: quiet && quiet.map(({ text }) => text),
  ceiling,
  ttl: formatDuration(ttl),
  fallback,
});

/** Secrets are starred here too, whatever came before: of a kind that nobody knows any more, all there is. */
export function setupToJson(setup: ChannelSetup, kinds: readonly ChannelTraits[]): ChannelSetupJson {
  const { name, kind, options, source } = setup;
  const traits = kinds.find((one) => one.kind === kind);
  const shown = starred(options, (key) => traits?.secrets.includes(key) ?? true);
  return { name, kind, options: shown, ...termsToJson(setup), source };
}

const starred = (options: JsonObject, isSecret: (key: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(options).map(([key, value]) => [key, value !== null && isSecret(key) ? STARS : value]));

export function standingToJson(standing: ChannelStanding, kinds: readonly ChannelTraits[]): ChannelJson {
  const { setup, what, trouble, waiting, dead, deliveredAt, againAt } = standing;
  return {
    ...setupToJson(setup, kinds),
    what,
    trouble,
    waiting,
    dead,
    deliveredAt: instantOrNull(deliveredAt),
    againAt: instantOrNull(againAt),
  };
}

export const testToJson = ({ delivery, exchange }: ChannelTest): ChannelTestJson => ({
  delivery: deliveryToJson(delivery),
  exchange: exchange.map(({ from, text }) => ({ from, text })),
});

function deliveryToJson(delivery: ChannelTest['delivery']): ChannelTestJson['delivery'] {
  if (delivery.outcome === 'delivered') return { outcome: 'delivered', receipt: delivery.receipt };
  const { reason, remedy, what, again, after } = delivery;
  return { outcome: 'refused', reason, remedy, what, again, after: after === null ? null : formatDuration(after) };
}
