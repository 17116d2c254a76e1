import type { Config } from '../../config/index.ts';
import { type ChannelMaker, type ChannelSetup, Fault } from '../../core/index.ts';
import { checkChannel } from './check-channel.ts';
import { checkRule, type InForce } from './check-rule.ts';

/** Fault bad-input for the first rule or channel of a config that can never work. */
export function checkAlerts(
  config: Config,
  inForce: InForce & { readonly channels: readonly ChannelSetup[] },
  maker: ChannelMaker | null,
): void {
  for (const setup of config.channels)
    within(`[[channel]] ${setup.name}`, () => checkChannel(setup, { channels: inForce.channels, maker }));
  for (const rule of config.rules) within(`[[rule]] ${rule.name}`, () => checkRule(rule, inForce));
}

/** Opens each channel and lets go of it again. Fault bad-input or unavailable for one that cannot be. */
export async function openOnce(setups: readonly ChannelSetup[], maker: ChannelMaker | null): Promise<void> {
  for (const { kind, options } of maker === null ? [] : setups) await (await maker?.open(kind, options))?.close?.();
}

function within(place: string, check: () => void): void {
  try {
    check();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw new Fault(fault.code, `reading ${place}: ${fault.message}`, fault.remedy);
  }
}
