import { type Instant, isWithin, type Observation, type Sighting } from '../../src/core/index.ts';
import { seen } from '../make/device.ts';
import type { Look } from './trace.ts';
import type { Unit } from './world.ts';

interface Scene {
  readonly units: readonly Unit[];
  readonly ranges: Parameters<Look['ask']>[0];
  readonly nth: number;
  readonly at: Instant;
}

/** New hardware addresses in every other look of a flood. */
const FLOOD = 256;

/** Who answers beside those who live there, at the addresses that are asked. */
export function strangersOf(trouble: Look['trouble'], scene: Scene): Observation[] {
  const all = trouble === null ? [] : whoIs(trouble.kind, scene);
  return all.filter(({ address }) => isWithin(scene.ranges, address)).map((one) => ({ ...one, seenAt: scene.at }));
}

function whoIs(kind: NonNullable<Look['trouble']>['kind'], { units, nth, at }: Scene): Observation[] {
  const [gateway, second] = units;
  if (kind === 'proxy' && gateway) return everyAddress().map((address) => ({ ...seen(address), mac: gateway.mac }));
  if (kind === 'flood' && nth % 2 === 0)
    return Array.from({ length: FLOOD }, (_, n) => ({ ...seen(freeAddress(nth, n)), mac: newCard(nth, n) }));
  if (kind === 'duplicate' && second) return [{ ...seen(second.address(at)), mac: '00:1b:a9:00:00:01' }];
  return [];
}

/** Of a flood half a minute's frames are taken in together, as nobody believes them. */
export function strangersHeard(
  trouble: Look['trouble'],
  { nth, since, until }: { nth: number; since: Instant; until: Instant },
): Sighting[] {
  if (trouble?.kind !== 'flood') return [];
  return [0, 1].flatMap((half) =>
    Array.from({ length: FLOOD / 4 }, (_, n) => {
      const address = freeAddress(nth, (half + 2) * FLOOD + n);
      const at = since + ((until - since) * half) / 2;
      return { at, iface: 'eth0', way: 'arp', mac: newCard(nth, (half + 2) * FLOOD + n), address, names: [], clues: [], line: 'arp reply' };
    }),
  );
}

const everyAddress = (): string[] => Array.from({ length: 1022 }, (_, n) => `10.0.${(n + 1) >> 8}.${(n + 1) & 255}`);
/** Of the half of the block where nobody lives, each once in a look. */
const freeAddress = (nth: number, n: number): string => {
  const place = (nth * 7 + n) % 508;
  return `10.0.${place < 254 ? 2 : 3}.${1 + (place % 254)}`;
};
const newCard = (nth: number, n: number): string =>
  `02:${[nth >> 16, nth >> 8, nth, n >> 8, n].map((part) => (part & 255).toString(16).padStart(2, '0')).join(':')}`;
