import { hostname } from 'node:os';
import { type MailRoute, mailRoute, secretOfProvider } from './cli/index.ts';
import type { Config } from './config/index.ts';
import type { ChannelMaker, Mirror } from './core/index.ts';
import type { OidcOptions } from './http/index.ts';
import { type Log, systemClock } from './watch/index.ts';

/** What channels go by; of a daemon it changes when the config does. */
export interface Reaching {
  config: Config;
  /** How mail leaves, or the fault that says why it cannot: only mail needs it. Left out: not asked yet. */
  mail?: () => MailRoute;
  /** Ports that we listen on ourselves. */
  ownPorts: readonly number[];
}

/** Whoever only looks never pays for what tells. */
export async function makeChannels(reaching: Reaching): Promise<ChannelMaker> {
  const { createChannelMaker, createGuard } = await import('./channels/index.ts');
  const ownPorts = (): readonly number[] => reaching.ownPorts;
  // A reload may open other places.
  const guard = {
    judge: (address: string, port: number) => createGuard({ reach: reaching.config.alerts.reach, ownPorts }).judge(address, port),
  };
  const host = hostname();
  const mail = (reaching.mail ??= await mailOf(reaching.config));
  return createChannelMaker({ guard, now: Date.now, host, mail: () => (reaching.mail ?? mail)() });
}

/** Whoever has no mail channel never hears of the fault. */
export const mailOf = (config: Config): Promise<() => MailRoute> =>
  mailRoute(config.mail, process, hostname()).then(
    (route) => () => route,
    (fault: unknown) => () => {
      throw fault;
    },
  );

/** Whom [mqtt] shows all of it to; null: nobody. */
export async function mirrorOf({ mqtt, site }: Config, version: string): Promise<Mirror | null> {
  if (mqtt.url === null && mqtt.urlFile === null) return null;
  const { openMqttMirror } = await import('./channels/index.ts');
  return openMqttMirror({ ...mqtt, site: site.name, version, clock: systemClock, dice: Math.random });
}

/** The identity provider of [oidc]; null: there is none. Its secret is read when it is needed, so that a new one needs no restart. */
export function providerOf({ oidc }: Config, log: Log): OidcOptions | null {
  const { issuer, client } = oidc;
  return issuer === null || client === null ? null : { ...oidc, issuer, client, secret: () => secretOfProvider(oidc), log };
}
