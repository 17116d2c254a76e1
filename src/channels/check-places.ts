import { type OptionFault, parseAddress } from '../core/index.ts';
import type { EgressGuard } from './exchange/guard.ts';
import { readTarget } from './exchange/target.ts';
import type { ChannelKind, PlaceNamed } from './kind.ts';

type Options = Readonly<Record<string, unknown>>;

/** Places that no channel may reach, and that are known for it without asking anybody: addresses, and this machine's own name. */
export function checkPlaces(kind: ChannelKind, options: Options, guard: EgressGuard): OptionFault[] {
  const places = [...(kind.urls ?? []).flatMap((key) => placeOfUrl(key, options[key])), ...(kind.places?.(options) ?? [])];
  return places.flatMap(({ key, host, port }): OptionFault[] => {
    const address = /^localhost\.?$/i.test(host) ? '127.0.0.1' : host;
    const passage = parseAddress(address) ? guard.judge(address, port) : { allowed: true as const };
    return passage.allowed ? [] : [{ key, reason: passage.reason, remedy: passage.remedy }];
  });
}

function placeOfUrl(key: string, text: unknown): PlaceNamed[] {
  const target = typeof text === 'string' ? readTarget(text) : undefined;
  return target?.ok ? [{ key, host: target.value.host, port: target.value.port }] : [];
}
