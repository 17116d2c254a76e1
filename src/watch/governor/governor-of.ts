import {
  type AddressRange,
  allowedUntil,
  type Device,
  type DevicePort,
  type Observation,
  PLANS,
  type Plan,
  rangesOf,
  type Target,
} from '../../core/index.ts';
import { govern, type Roll, sparedBecause, unversionedBecause } from '../../inventory/index.ts';
import type { Keepings } from '../keepings.ts';
import type { WatcherParts } from '../outside.ts';
import { holderOf } from '../overheard.ts';
import { judge } from '../scan-order.ts';
import type { GovernorParts } from './governed-prober.ts';
import { type LimitsThere, limitsAt, limitsOf } from './limits.ts';
import { type PutOff, putOffBy } from './put-off.ts';

/** What whoever orders looks heeds of the limits before anything is begun. */
export const heeding = (kept: Keepings) => ({
  asksPublicAddress: (): boolean => kept.config.guard.ask !== null,
  limitsAt: (addresses: readonly AddressRange[]): LimitsThere => limitsAt(placed(kept), { addresses }),
  putOff: (target: Target, plan: Plan): PutOff | null => putOffBy(limitsOf(kept.config, target), plan, kept.outside.clock.now()),
  spares: (device: Device, port: DevicePort): string | null => {
    const addresses = rangesOf(device.addresses.map(({ address }) => address));
    const { fragile } = limitsAt(placed(kept), { addresses });
    return unversionedBecause(device, port, { fragile, privileged: kept.outside.surroundings.privileged() });
  },
  /** Whether anybody there may be asked by a plan: a place where all are spared it is not one we cannot see. */
  asksAnybody: ({ spec }: Target, plan: Plan, addresses: readonly AddressRange[]): boolean => {
    const allowed = { ...limitsAt(placed(kept), { target: spec.text, addresses }), privileged: kept.outside.surroundings.privileged() };
    const { order, gently } = govern({ plan, addresses, iface: null }, kept.ledger.roll, allowed);
    return order !== null || gently !== null;
  },
  isQuiet: (target: Target): boolean => putOffBy(limitsOf(kept.config, target), PLANS.ports, kept.outside.clock.now()) !== null,
});

/** The config with host names where they were found last: whoever asks there, for whatever reason, is held to their limits. */
function placed({ config, places }: Keepings): Keepings['config'] {
  if (config.targets.every(({ spec }) => spec.kind === 'ranges')) return config;
  const found = new Map(places.all.map(({ target, ranges }) => [target.spec.text, ranges]));
  const targets = config.targets.map((target) => {
    const { kind, text } = target.spec;
    return kind === 'ranges' ? target : { ...target, spec: { kind: 'ranges' as const, text, ranges: found.get(text) ?? [] } };
  });
  return { ...config, targets };
}

/** Whether a host may be asked for its name: not one that is to be left in peace, wherever it turned up. */
export function mayBeAsked(roll: Roll, { mac }: Pick<Observation, 'mac'>): boolean {
  const holder = mac === null ? undefined : holderOf(roll, mac);
  return holder === undefined || sparedBecause(holder) === null;
}

/** What the governor goes by: the config in force, the roll as it is, and this machine. */
export function governorOf(kept: Keepings, { prober, clock, surroundings }: WatcherParts): GovernorParts {
  const facts = () => ({ networks: surroundings.networks(), allowances: kept.config.allowances, now: clock.now() });
  return {
    prober,
    clock,
    networks: () => surroundings.networks(),
    gateways: () => surroundings.gateways(),
    ifaceOf: (range) => surroundings.ifaceOf(range),
    privileged: () => surroundings.privileged(),
    ...(surroundings.cardAt && { cardAt: surroundings.cardAt }),
    sentPackets: async () => (await surroundings.sentPackets?.()) ?? null,
    publicAddress: async (signal) => {
      const { ask } = kept.config.guard;
      if (ask !== null && surroundings.publicAddress) return surroundings.publicAddress(ask, signal);
      return { ok: false, reason: 'no page is named that says it', remedy: 'write ask = "https://..." under [guard] in rollcall.toml' };
    },
    roll: () => kept.ledger.roll,
    limitsAt: (order) => limitsAt(placed(kept), order),
    judge: (addresses) => judge(addresses, facts()),
    allowedUntil: (addresses) => {
      const { networks, ...others } = facts();
      return allowedUntil(addresses, { ...others, attached: networks.map(({ range }) => range) });
    },
  };
}
