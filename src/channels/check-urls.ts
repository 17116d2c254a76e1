import { type OptionFault, parseAddress } from '../core/index.ts';
import type { EgressGuard } from './exchange/guard.ts';
import { readTarget } from './exchange/target.ts';
import type { ChannelKind } from './kind.ts';

/** URLs whose host is an address that no channel may reach: known without asking anybody. */
export function checkUrls(kind: ChannelKind, options: Readonly<Record<string, unknown>>, guard: EgressGuard): OptionFault[] {
  return (kind.urls ?? []).flatMap((key): OptionFault[] => {
    const text = options[key];
    const target = typeof text === 'string' ? readTarget(text) : undefined;
    if (!target?.ok) return [];
    const { host, port } = target.value;
    const address = /^localhost\.?$/i.test(host) ? '127.0.0.1' : host;
    const passage = parseAddress(address) ? guard.judge(address, port) : { allowed: true as const };
    return passage.allowed ? [] : [{ key, reason: passage.reason, remedy: passage.remedy }];
  });
}
