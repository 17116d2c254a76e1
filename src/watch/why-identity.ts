import type { KeptOutput, Scan, Span } from '../core/index.ts';
import type { WhyStep } from './why-asked.ts';
import { step } from './why-steps.ts';

/** What was known of the device when a scan began to be believed, and what that scan added. */
interface Known {
  readonly macs: readonly string[];
  readonly addresses: readonly string[];
}

/** Why the hosts of a scan were taken for this device, told from what was known of it just before. */
export function identityStep(spans: readonly Span[], scan: Scan, kept: KeptOutput | null): WhyStep {
  const at = scan.finishedAt ?? scan.startedAt;
  const before = held(spans.filter(({ from, to, openedBy }) => openedBy !== scan.id && from <= at && (to === null || to >= at)));
  const after = held(spans.filter(({ from, to, closedBy }) => closedBy !== scan.id && from <= at && (to === null || to >= at)));
  const host = kept?.hosts.find(
    ({ observation: { mac, address } }) =>
      (mac !== null && after.macs.includes(mac)) || (mac === null && after.addresses.includes(address)),
  )?.observation;
  const answered = host ? `the host at ${host.address}` : 'the host';
  return step('identity', `${answered} was taken for this device because ${reasonOf(before, after, host?.mac)}`);
}

/** `mac`: what the host showed; null none, undefined when its output is not kept. */
function reasonOf(before: Known, after: Known, mac: string | null | undefined): string {
  const fresh = after.macs.filter((one) => !before.macs.includes(one));
  if (before.macs.length === 0 && before.addresses.length === 0) return newcomer(after);
  if (typeof mac === 'string' && before.macs.includes(mac)) return `it has the hardware address ${mac}, which is known of it`;
  if (fresh.length > 0 && before.macs.length === 0)
    return `nothing but ${list(before.addresses)} was known of it; its hardware address ${list(fresh)} was new`;
  if (mac === null || before.macs.length === 0)
    return `no hardware address was seen, and this device was last at ${list(before.addresses)}`;
  return `its hardware address ${list(before.macs)} or its address ${list(before.addresses)} fits`;
}

function newcomer({ macs, addresses }: Known): string {
  if (macs.length > 0) return `nobody had the hardware address ${list(macs)} before: it is new`;
  return `no hardware address was seen and nobody was known at ${list(addresses)}: it is new`;
}

const list = (texts: readonly string[]): string => (texts.length === 0 ? 'no address' : texts.slice(0, 4).join(' and '));

function held(spans: readonly Span[]): Known {
  const of = (kind: Span['kind']): string[] => [...new Set(spans.filter((span) => span.kind === kind).map(({ key }) => key))];
  return { macs: of('mac'), addresses: of('address') };
}
