import { parseAddress } from '../../core/index.ts';
import type { Refused } from '../kind.ts';
import { orStopped } from './deadline.ts';
import type { EgressGuard, Passage } from './guard.ts';
import { type Lookup, systemLookup } from './lookup.ts';
import { notNow, notThere } from './refusals.ts';

/** Where a name may be connected to: only these addresses, whatever the name means a moment later. */
export interface Way {
  readonly addresses: readonly [string, ...string[]];
  /** Whether people may see what is answered, wherever of these it was. */
  readonly open: boolean;
}

export interface WayOrder {
  /** A name or an address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly guard: EgressGuard;
  readonly signal: AbortSignal;
  readonly lookup?: Lookup;
}

/** Resolves, and judges every address; the refused ones are left out. Rejects only when the signal stops. */
export async function whereTo({ host, port, guard, signal, lookup = systemLookup }: WayOrder): Promise<Way | Refused> {
  let found: readonly string[];
  try {
    found = parseAddress(host) ? [host] : await orStopped(lookup(host), signal);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const code = (thrown as { code?: string }).code ?? 'no answer';
    return notNow(`looking up ${host}: ${code === 'ENOTFOUND' ? 'there is no such name' : code}`, 'check the name, and that DNS works');
  }
  const judged = found.map((address) => ({ address, passage: guard.judge(address, port) }));
  const [first, ...rest] = judged.filter(({ passage }) => passage.allowed);
  if (first) {
    const open = [first, ...rest].every(({ passage }) => passage.allowed && passage.open);
    return { addresses: [first.address, ...rest.map(({ address }) => address)], open };
  }
  const no = judged.map(({ passage }) => passage).find((passage): passage is Extract<Passage, { allowed: false }> => !passage.allowed);
  return no
    ? notThere(`connecting to ${host}: ${no.reason}`, no.remedy)
    : notNow(`looking up ${host}: it has no address`, 'check the name');
}
