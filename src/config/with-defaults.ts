import { channelOf, ruleOf } from '../core/index.ts';
import { type Config, DEFAULTS } from './config.ts';
import type { FileContent } from './schema/file.ts';

/** What the file says, and what is usual where it is silent. */
export function withDefaults(content: FileContent): Config {
  const alerts = merge(DEFAULTS.alerts, content.alerts);
  return {
    site: merge(DEFAULTS.site, content.site),
    http: merge(DEFAULTS.http, content.http),
    presence: merge(DEFAULTS.presence, content.presence),
    names: merge(DEFAULTS.names, content.names),
    listen: merge(DEFAULTS.listen, content.listen),
    keep: merge(DEFAULTS.keep, content.keep),
    nmap: merge(DEFAULTS.nmap, content.nmap),
    sweep: merge(DEFAULTS.sweep, content.sweep),
    services: merge(DEFAULTS.services, content.services),
    scan: merge(DEFAULTS.scan, content.scan),
    guard: merge(DEFAULTS.guard, content.guard),
    store: merge(DEFAULTS.store, content.store),
    mail: merge(DEFAULTS.mail, content.mail),
    alerts,
    channels: (content.channel ?? []).map((draft) => channelOf(draft, 'config', alerts.ceiling)),
    rules: (content.rule ?? []).map((draft) => ruleOf(draft, 'config')),
    upkeep: content.maintenance ?? DEFAULTS.upkeep,
    mqtt: merge(DEFAULTS.mqtt, content.mqtt),
    oidc: merge(DEFAULTS.oidc, content.oidc),
    self: merge(DEFAULTS.self, content.self),
    targets: content.target ?? DEFAULTS.targets,
    allowances: content.allow ?? DEFAULTS.allowances,
  };
}

/** The usual values with those the file gives on top; a key left out is not there or undefined. */
function merge<T extends object>(usual: T, given: { [K in keyof T]?: T[K] | undefined } | undefined): T {
  const said = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...usual, ...Object.fromEntries(said) };
}
