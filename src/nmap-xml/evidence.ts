import { type AddressRange, type Observation, parseAddress } from '../core/index.ts';
import { AddressDraft } from './address-draft.ts';

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
  const answers = new Answers();
  for (const seen of observations) answers.count(seen);
  return answers.timeoutText();
}

/** Who answered a scan and who did not, gathered as its hosts come, so that nobody has to keep them all. */
export class Answers {
  readonly present = new AddressDraft();
  /** Asked for ports, and not whether they are there: their silence proves nothing. */
  readonly silent = new AddressDraft();
  silentHosts = 0;
  /** Hosts that answered and are not the scanner's own machine. */
  others = 0;
  #hosts = 0;
  #late = 0;
  #firstLate = '';

  /** Takes what was seen of one host; whether it answered. */
  add(seen: Observation): boolean {
    const present = answered(seen);
    (present ? this.present : this.silent).add(seen.address);
    if (present) this.count(seen);
    else this.silentHosts++;
    return present;
  }

  count({ address, reason, timedOut }: Observation): void {
    this.#hosts++;
    if (reason !== 'localhost-response') this.others++;
    if (!timedOut) return;
    if (this.#late === 0) this.#firstLate = address;
    this.#late++;
  }

  /** A sentence about hosts nmap gave up on; null when there are none. */
  timeoutText(): string | null {
    if (this.#late === 0) return null;
    const shown = `${this.#firstLate}${this.#late > 1 ? ', ...' : ''}`;
    return `nmap gave up on ${this.#late} of ${this.#hosts} hosts (${shown}); their ports are unknown`;
  }
}
