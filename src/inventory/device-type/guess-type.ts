import type { Device, DeviceType } from '../../core/index.ts';
import { DHCP_OPTIONS } from './dhcp-options.ts';
import { DHCP_VENDORS } from './dhcp-vendors.ts';
import { type Hint, hintsOf } from './family.ts';
import { LLDP } from './lldp.ts';
import { MACS } from './macs.ts';
import { MDNS_MODELS } from './mdns-models.ts';
import { MDNS_SERVICES } from './mdns-services.ts';
import { NAMES } from './names.ts';
import { OPEN_PORTS } from './open-ports.ts';
import { PRODUCTS } from './products.ts';
import { ROUTERS } from './routers.ts';
import { SYSTEMS } from './systems.ts';
import { VENDORS } from './vendors.ts';

export interface TypeGuess {
  readonly type: DeviceType;
  /** 0..1. */
  readonly confidence: number;
  /** In words: "announces _ipp._tcp; port 9100/tcp is open". */
  readonly reason: string;
}

/** Best first: what names a model says more than what names a maker. */
const FAMILIES = [
  MDNS_MODELS,
  MDNS_SERVICES,
  LLDP,
  DHCP_VENDORS,
  PRODUCTS,
  ROUTERS,
  NAMES,
  VENDORS,
  OPEN_PORTS,
  DHCP_OPTIONS,
  SYSTEMS,
  MACS,
];

/** Less than this is no guess. */
const ENOUGH = 0.3;
const REASONS_SHOWN = 2;

/**
 * What kind of device it probably is, by all that it says and shows; null when nothing tells. Hints of several families for
 * one type add up. What people say it is (`labels.type`) is not asked: it beats every guess.
 */
export function guessType(device: Device): TypeGuess | null {
  const hints = FAMILIES.flatMap((family) => hintsOf(family, device));
  const guesses = [...Map.groupBy(hints, ({ type }) => type)].map(([type, given]) => guessOf(type, given));
  const best = guesses.reduce<TypeGuess | null>((top, guess) => (top && top.confidence >= guess.confidence ? top : guess), null);
  return best && best.confidence >= ENOUGH ? best : null;
}

function guessOf(type: DeviceType, hints: readonly Hint[]): TypeGuess {
  const doubt = hints.reduce((rest, { confidence }) => rest * (1 - confidence), 1);
  const reasons = hints.toSorted((a, b) => b.confidence - a.confidence).slice(0, REASONS_SHOWN);
  return { type, confidence: Math.min(0.99, Math.round((1 - doubt) * 100) / 100), reason: reasons.map(({ reason }) => reason).join('; ') };
}
