import { type AddressRange, type Observation, parseAddress } from '../core/index.ts';

/** States only an answer gives; "filtered" is mostly silence, or a router speaking for others. */
const ANSWERED: ReadonlySet<string> = new Set(['open', 'closed', 'unfiltered']);

/** Whether the host itself answered. Under -Pn nmap lists every address as up, for no reason but our word. */
export function answered({ reason, ports, unlisted }: Observation): boolean {
  return reason !== 'user-set' || [...ports, ...unlisted].some(({ state }) => ANSWERED.has(state));
}

/** The addresses of observations, as ranges of one. */
export function rangesOf(observations: readonly Observation[]): AddressRange[] {
  return observations.flatMap(({ address }) => {
    const value = parseAddress(address);
    return value === undefined ? [] : [{ family: value.family, first: value.value, last: value.value }];
  });
}

/** A sentence about hosts nmap gave up on; null when there are none. */
export function timeoutText(observations: readonly Observation[]): string | null {
  const late = observations.filter(({ timedOut }) => timedOut);
  if (late.length === 0) return null;
  const shown = `${late[0]?.address}${late.length > 1 ? ', ...' : ''}`;
  return `nmap gave up on ${late.length} of ${observations.length} hosts (${shown}); their ports are unknown`;
}
