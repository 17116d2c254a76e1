import { type Address, type AddressRange, blockRange, parseAddress, rangesHold } from '../../core/index.ts';

const blocks = (...texts: readonly string[]): readonly AddressRange[] =>
  texts.flatMap((text) => {
    const [base = '', prefix] = text.split('/');
    const value = parseAddress(base);
    return value ? [blockRange(value, Number(prefix))] : [];
  });

const PRIVATE = blocks('10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7');
const LINK_LOCAL = blocks('fe80::/10');

/**
 * Where to ask a host itself: private addresses only, so that a mistake elsewhere never asks a stranger on the internet.
 * A link-local address of IPv6 means nothing without its interface. undefined: nowhere.
 */
export function destinationOf(address: Address, iface: string | null): string | undefined {
  const value = parseAddress(address);
  if (value === undefined) return undefined;
  if (rangesHold(PRIVATE, value)) return address;
  return iface !== null && rangesHold(LINK_LOCAL, value) ? `${address}%${iface}` : undefined;
}
