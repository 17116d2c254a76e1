import type { Config, MailConfig, OidcConfig } from '../config/index.ts';
import type { CliWorld, MailRoute } from './world.ts';

/** The bearer token kept in a file (0600); made at the first call. */
export async function ensureToken(file: string): Promise<string> {
  return (await import('./token.ts')).ensureToken(file);
}

/** Reads a config file (null: there is none, so the defaults); throws {@link Faults} with everything wrong in it. */
export async function loadConfig(file: string | null, world: Pick<CliWorld, 'configChecks'>): Promise<Config> {
  return (await import('./load-config.ts')).loadConfig(file, world);
}

/** When a process was born, as the kernel knows it; undefined when there is none by that pid. */
export async function birthOf(pid: number): Promise<string | undefined> {
  return (await import('./daemon/pid-file.ts')).birthOf(pid);
}

/** How mail leaves this machine; Fault when nothing says how. */
export async function mailRoute(mail: MailConfig, world: Pick<CliWorld, 'env'>, hostname: string): Promise<MailRoute> {
  return (await import('./reports/mail-route.ts')).mailRoute(mail, world, hostname);
}

/** What proves us to the identity provider; null: a public client. Fault when its file holds none. */
export async function secretOfProvider(oidc: Pick<OidcConfig, 'secret' | 'secretFile'>): Promise<string | null> {
  return (await import('./provider-secret.ts')).secretOfProvider(oidc);
}
