import { networkInterfaces } from 'node:os';
import {
  type AddressValue,
  canonicalAddress,
  formatAddress,
  orFault,
  parseAddress,
  parseReach,
  type Reach,
  rangesHold,
} from '../../core/index.ts';
import { placeOf, withinFour } from './places.ts';

/** Whether a channel may connect there, and whether people may then see what is answered. */
export type Passage =
  | { readonly allowed: true; readonly open: boolean }
  | { readonly allowed: false; readonly reason: string; readonly remedy: string };

/** What stands between channels and everything they must not reach. Asked with every address that is connected to. */
export interface EgressGuard {
  judge(address: string, port: number): Passage;
}

export interface EgressTerms {
  /** [alerts] reach of the config file; Fault bad-input for an entry that is none. */
  readonly reach: readonly string[];
  /** TCP ports that we listen on ourselves: never reached, by whatever address. */
  readonly ownPorts: () => readonly number[];
  /** Addresses of this machine beside the loopback; left out: as the system says. */
  readonly ownAddresses?: () => readonly string[];
}

const NONE = 'name a receiver on the internet, or one that [alerts] reach of the config file opens';

/** The public internet, and what `reach` opens beside it. */
export function createGuard({ reach, ownPorts, ownAddresses = addressesOfThisMachine }: EgressTerms): EgressGuard {
  const opened = reach.map((text) => orFault(parseReach(text)));
  const isOurs = (value: AddressValue, port: number): boolean =>
    ownPorts().includes(port) &&
    (placeOf(value) === 'loopback' || ownAddresses().some((one) => canonicalAddress(one) === formatAddress(value)));
  return {
    judge(address, port) {
      const written = parseAddress(address);
      if (!written) return no(`${JSON.stringify(address)} is no address`);
      const value = withinFour(written) ?? written;
      if (placeOf(value) === 'never') return no(`${placeText(value, port)} is where no channel goes`);
      if (isOurs(value, port)) return no(`${placeText(value, port)} is Rollcall itself`);
      return passageTo(value, port, opened);
    },
  };
}

const no = (reason: string, remedy: string = NONE): Passage => ({ allowed: false, reason, remedy });

function passageTo(value: AddressValue, port: number, opened: readonly Reach[]): Passage {
  const place = placeOf(value);
  if (place === 'public') return { allowed: true, open: true };
  const fits = opened.filter((one) => holds(one, value, port));
  if (fits.length > 0) return { allowed: true, open: fits.some(({ single }) => single) };
  const where = placeText(value, port);
  const [what, entry] = place === 'loopback' ? ['this machine itself', where] : ['in a private network', formatAddress(value)];
  return no(`${where} is ${what}`, `add "${entry}" to reach under [alerts] in the config file`);
}

const placeText = (value: AddressValue, port: number): string =>
  value.family === 4 ? `${formatAddress(value)}:${port}` : `[${formatAddress(value)}]:${port}`;

const holds = ({ range, port: only }: Reach, value: AddressValue, port: number): boolean =>
  (only ?? port) === port && rangesHold([range], value);

const addressesOfThisMachine = (): string[] =>
  Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address.replace(/%.*$/, '')));
