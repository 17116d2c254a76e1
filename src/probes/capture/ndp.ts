import { type Address, type Clue, type Mac, untrusted } from '../../core/index.ts';
import { isMac, u16At, v6At } from './bytes.ts';
import type { Said, SaidReading } from './frame-seen.ts';
import type { Packet } from './ip.ts';

const TYPE = { routerSolicitation: 133, routerAdvertisement: 134, solicitation: 135, advertisement: 136 } as const;
const OPTION = { source: 1, target: 2 } as const;
/** Where each message's options begin. */
const FIXED: Readonly<Record<number, number>> = { 133: 8, 134: 16, 135: 24, 136: 24 };
const ON_LINK = 255;
const NOBODY = '::';
const ROUTES: readonly Clue[] = [{ kind: 'router', value: untrusted('nd') }];

type Options = ReadonlyMap<number, Uint8Array>;

/** Neighbour discovery (RFC 4861). What has come through a router is forged, and passed over. */
export function readNdp({ source, hops, payload }: Packet, mac: Mac): SaidReading {
  const fixed = FIXED[payload[0] ?? 0];
  if (fixed === undefined) return 'passed';
  if (hops !== ON_LINK) return 'passed';
  const options = payload.length < fixed ? 'malformed' : readOptions(payload.subarray(fixed));
  if (options === 'malformed') return options;
  // A claim made for another card is not believed.
  const claims = (kind: number, address: Address): Address | null => {
    const card = options.get(kind);
    return address === NOBODY || (card !== undefined && !isMac(card, 0, mac)) ? null : address;
  };
  if (payload[0] === TYPE.solicitation) return solicitation(payload, source, claims);
  if (payload[0] === TYPE.advertisement) return advertisement(payload, claims);
  return router(payload, source, claims);
}

type Claims = (kind: number, address: Address) => Address | null;

function solicitation(payload: Uint8Array, source: Address, claims: Claims): SaidReading {
  const target = v6At(payload, 8);
  if (payload[8] === 0xff) return 'malformed';
  // Asking whether an address is free (DAD) is the first thing that is heard of it.
  if (source === NOBODY) return { way: 'nd', address: target, line: `nd probe ${target}` };
  return { way: 'nd', address: claims(OPTION.source, source), line: `nd who-has ${target} tell ${source}` };
}

function advertisement(payload: Uint8Array, claims: Claims): SaidReading {
  if (payload[8] === 0xff) return 'malformed';
  const target = v6At(payload, 8);
  const routes = ((payload[4] as number) & 0x80) !== 0;
  return { way: 'nd', address: claims(OPTION.target, target), clues: routes ? ROUTES : [], line: `nd advertisement ${target}` };
}

function router(payload: Uint8Array, source: Address, claims: Claims): Said {
  const address = claims(OPTION.source, source);
  if (payload[0] === TYPE.routerSolicitation) return { way: 'nd', address, line: `nd router solicitation from ${source}` };
  // A lifetime of 0: it knows prefixes, but leads nowhere.
  const clues = u16At(payload, 6) > 0 ? ROUTES : [];
  return { way: 'nd', address, clues, line: `nd router advertisement from ${source}` };
}

/** Options by type, the first of each. Lengths count eight octets; 0 would never end. */
function readOptions(bytes: Uint8Array): Options | 'malformed' {
  const options = new Map<number, Uint8Array>();
  let offset = 0;
  while (offset < bytes.length) {
    const length = (bytes[offset + 1] ?? 0) * 8;
    if (length === 0 || offset + length > bytes.length) return 'malformed';
    if (!options.has(bytes[offset] as number)) options.set(bytes[offset] as number, bytes.subarray(offset + 2, offset + length));
    offset += length;
  }
  return options;
}
