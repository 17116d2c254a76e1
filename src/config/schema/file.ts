import { z } from 'zod';
import * as field from '../fields.ts';
import { alerts, channel, maintenance, mqtt, rule } from './alerts.ts';
import { http } from './http.ts';
import { key } from './key.ts';
import { guard, scan } from './limits.ts';
import { oidc } from './oidc.ts';
import { presence } from './presence.ts';
import { allowance, target } from './target.ts';

/** The shape of rollcall.toml. Unknown keys are refused everywhere. */
export const fileSchema = z.strictObject({
  site: z.strictObject({ name: key(field.siteName).optional() }).optional(),
  http: http.optional(),
  presence: presence.optional(),
  names: z
    .strictObject({
      dns: key(field.flag).optional(),
      servers: z.array(key(field.nameServer)).optional(),
      mdns: key(field.flag).optional(),
      netbios: key(field.flag).optional(),
      llmnr: key(field.flag).optional(),
      refresh: key(field.refreshLength).optional(),
    })
    .optional(),
  listen: z.strictObject({ enabled: key(field.flag).optional() }).optional(),
  keep: z.strictObject({ singles: key(field.keepLength('2d')).optional(), raw: key(field.keepLength('7d')).optional() }).optional(),
  nmap: z.strictObject({ path: key(field.filePath).optional() }).optional(),
  sweep: z.strictObject({ rate: key(field.sweepRate).optional() }).optional(),
  services: z
    .strictObject({ certificate_days: key(field.certificateDays).optional(), scripts: key(field.scriptChoice).optional() })
    .transform(({ certificate_days: certificateDays, scripts }) => ({ certificateDays, scripts }))
    .optional(),
  scan: scan.optional(),
  guard: guard.optional(),
  store: z.strictObject({ url: key(field.storeUrl).optional() }).optional(),
  mail: z
    .strictObject({
      url_file: key(field.filePath).optional(),
      url: key(field.mailUrl).optional(),
      sendmail: key(field.filePath).optional(),
      from: key(field.mailAddress).optional(),
      ca: key(field.filePath).optional(),
    })
    .transform(({ url_file: urlFile, ...rest }) => ({ ...rest, urlFile }))
    .optional(),
  alerts: alerts.optional(),
  channel: z.array(channel).optional(),
  rule: z.array(rule).optional(),
  maintenance: z.array(maintenance).optional(),
  mqtt: mqtt.optional(),
  oidc: oidc.optional(),
  self: z.strictObject({ watch: key(field.flag).optional() }).optional(),
  target: z.array(target).optional(),
  allow: z.array(allowance).optional(),
});

export type FileContent = z.infer<typeof fileSchema>;

/** Names of the keys that may stand in the table at this path (array indexes stand for any entry). */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let node: unknown = inner(fileSchema);
  for (const step of path) {
    if (node instanceof z.ZodArray && typeof step === 'number') node = inner(node.element);
    else if (node instanceof z.ZodObject) node = inner((node.shape as Record<PropertyKey, unknown>)[step]);
  }
  return node instanceof z.ZodObject ? Object.keys(node.shape) : [];
}

/** The object or array behind "optional" and transforms. */
function inner(node: unknown): unknown {
  if (node instanceof z.ZodOptional) return inner(node.unwrap());
  return node instanceof z.ZodPipe ? inner(node.in) : node;
}
