import { z } from 'zod';
import {
  type Address,
  type Cadence,
  type Guard,
  isWithin,
  leavesTime,
  type PlanName,
  type PlanSchedule,
  type QuietWindow,
  type TargetSpec,
} from '../core/index.ts';
import type { ConfigTarget } from './config.ts';
import * as field from './fields.ts';

/** One key: zod keeps the structure, the reader judges the value. A key that may be left out adds `.optional()`. */
const key = <T>(read: field.Reader<T>) =>
  z.unknown().transform((value, context): T => {
    const result = read(value);
    if (result.ok) return result.value;
    const missing = value === undefined;
    context.addIssue({ code: 'custom', message: missing ? 'it is missing' : result.reason, params: { remedy: result.remedy } });
    return z.NEVER;
  });

const TIMED = { every: key(field.interval).optional(), at: key(field.cronLine).optional(), zone: key(field.zoneName).optional() };
const timed = z.object(TIMED);
type Timed = z.infer<typeof timed>;

/** What a cadence is used for when no plan is named: often means "who is there", a time of day means "what is open". */
const USUAL_PLAN: Readonly<Record<Cadence['kind'], PlanName>> = { every: 'sweep', at: 'ports' };

type Complain = (issue: { readonly key: string | readonly (string | number)[]; readonly message: string; readonly remedy: string }) => void;

const complainTo =
  (context: z.RefinementCtx): Complain =>
  ({ key: name, message, remedy }) =>
    context.addIssue({ code: 'custom', path: [name].flat(), message, params: { remedy } });

function cadenceOf({ every, at, zone }: Timed, complain: Complain): Cadence | undefined {
  if (every !== undefined && at !== undefined)
    complain({ key: 'at', message: 'it stands beside "every"', remedy: 'keep one of the two, or use plans = [{...}, {...}]' });
  if (zone !== undefined && at === undefined)
    complain({ key: 'zone', message: 'it stands without "at"', remedy: 'add at = "0 3 * * *", or drop the zone' });
  if (at !== undefined) return { kind: 'at', cron: at, zone: zone ?? null };
  return every === undefined ? undefined : { kind: 'every', every };
}

const planned = z.strictObject({ plan: key(field.planName), ...TIMED }).transform((entry, context): PlanSchedule => {
  const complain = complainTo(context);
  const cadence = cadenceOf(entry, complain);
  if (cadence) return { plan: entry.plan, cadence };
  complain({ key: 'every', message: 'it is missing', remedy: 'say when: every = "5m", or at = "0 3 * * *"' });
  return z.NEVER;
});

interface Planning extends Timed {
  readonly plan?: PlanName | undefined;
  readonly plans?: readonly PlanSchedule[] | undefined;
}

function scheduleOf({ plan, plans, ...entry }: Planning, complain: Complain): readonly PlanSchedule[] {
  const cadence = cadenceOf(entry, complain);
  if (plan && !cadence) complain({ key: 'plan', message: 'it does not say when', remedy: 'add every = "5m", or at = "0 3 * * *"' });
  if (plans && (cadence || plan))
    complain({ key: 'plans', message: 'it stands beside a plan of its own', remedy: 'move that plan into plans = [{...}]' });
  const short = cadence ? [{ plan: plan ?? USUAL_PLAN[cadence.kind], cadence }] : [];
  return plans ?? short;
}

/** Who is never asked can prove nothing, and what a host name means tomorrow nobody knows. */
function readCanaries(
  { canary: canaries = [], target: spec }: { readonly canary?: readonly Address[] | undefined; readonly target: TargetSpec },
  complain: Complain,
): readonly Address[] {
  for (const [i, address] of canaries.entries()) {
    const path = ['canary', i];
    if (spec.kind === 'hostname')
      complain({ key: path, message: `${spec.text} is one host, which cannot have a canary`, remedy: 'drop it, or watch its network' });
    else if (!isWithin(spec.ranges, address))
      complain({
        key: path,
        message: `${field.show(address)} does not lie in ${spec.text}`,
        remedy: 'name a device of the target that always answers',
      });
  }
  return canaries;
}

const GUARD = {
  gateway: key(field.guardPart('gateway')).optional(),
  network: key(field.guardPart('network')).optional(),
  public: key(field.guardPart('public')).optional(),
};

/** What may stand in [scan] and, for itself alone, in a [[target]]. */
const LIMITS = {
  rate: key(field.packetRate).optional(),
  per_host: key(field.packetRate).optional(),
  fragile: key(field.flag).optional(),
  quiet: z.array(key(field.quietWindow)).optional(),
};

interface Limiting {
  readonly per_host?: number | undefined;
  readonly quiet?: readonly QuietWindow[] | undefined;
}

const MOST_WINDOWS = 50;

function checkQuiet({ quiet = [] }: Limiting, complain: Complain): void {
  if (quiet.length > MOST_WINDOWS)
    complain({ key: 'quiet', message: `it has more than ${MOST_WINDOWS} stretches`, remedy: 'put days and times together' });
  else if (!leavesTime(quiet))
    complain({ key: 'quiet', message: 'it leaves no moment of the week', remedy: 'leave some hours to scan in' });
}

/** Only what is said, by the names that the program has for it. */
function saidOf<T extends Limiting & Record<string, unknown>>({
  per_host: perHost,
  ...others
}: T): Omit<T, 'per_host'> & { perHost?: number } {
  const limits = Object.fromEntries(Object.entries({ ...others, perHost }).filter(([, value]) => value !== undefined));
  return limits as Omit<T, 'per_host'> & { perHost?: number };
}

const onlySaid = (guard: { readonly [key in keyof Guard]?: Guard[key] | undefined }): Guard =>
  Object.fromEntries(Object.entries(guard).filter(([, value]) => value !== undefined));

const scan = z
  .strictObject({ ...LIMITS, zone: key(field.zoneName).optional(), quiet_sweeps: key(field.flag).optional() })
  .transform(({ quiet_sweeps: quietSweeps, zone, ...limits }, context) => {
    checkQuiet(limits, complainTo(context));
    return { ...saidOf(limits), zone, quietSweeps };
  });

/** An address that nobody could be asked for would let no scan begin. */
const guard = z.strictObject({ ...GUARD, ask: key(field.askUrl).optional() }).transform(({ ask, ...expected }, context) => {
  if (expected.public !== undefined && ask === undefined)
    complainTo(context)({
      key: 'public',
      message: 'it stands without "ask"',
      remedy: 'add ask = "https://...", a page of yours that says it',
    });
  return { ...onlySaid(expected), ask };
});

const target = z
  .strictObject({
    target: key(field.targetSpec),
    plan: key(field.planName).optional(),
    ...TIMED,
    plans: z.array(planned).optional(),
    window: key(field.windowLength).optional(),
    iface: key(field.ifaceName).optional(),
    canary: z.array(key(field.canary)).optional(),
    ...LIMITS,
    guard: z.strictObject(GUARD).optional(),
  })
  .transform((entry, context) => {
    const complain = complainTo(context);
    const schedule = scheduleOf(entry, complain);
    const canaries = readCanaries(entry, complain);
    checkQuiet(entry, complain);
    const { rate, per_host, fragile, quiet, guard: own } = entry;
    const limits = { ...saidOf({ rate, per_host, fragile, quiet }), ...(own && { guard: onlySaid(own) }) } as NonNullable<
      ConfigTarget['limits']
    >;
    return {
      spec: entry.target,
      schedule,
      window: entry.window ?? null,
      iface: entry.iface ?? null,
      canaries,
      ...(Object.keys(limits).length > 0 && { limits }),
    };
  });

const allowance = z
  .strictObject({ range: key(field.addressRanges), owner: key(field.ownerName), until: key(field.lastDay) })
  .transform(({ range, owner, until }) => ({ ranges: range, owner, until }));

/** A window says "fixed" by itself; what means nothing beside it is refused. */
const presence = z
  .strictObject({
    tolerance: key(field.toleranceName).optional(),
    window: key(field.windowLength).optional(),
    floor: key(field.windowLength).optional(),
    ceiling: key(field.windowLength).optional(),
  })
  .transform((said, context) => {
    const { window, floor, ceiling } = said;
    const tolerance = said.tolerance ?? (window === undefined ? 'learned' : 'fixed');
    const complain = complainTo(context);
    if (tolerance === 'learned' && window !== undefined)
      complain({
        key: 'window',
        message: 'it stands beside tolerance = "learned"',
        remedy: 'keep one of the two, or bound it with floor and ceiling',
      });
    for (const [name, length] of Object.entries({ floor, ceiling }))
      if (tolerance === 'fixed' && length !== undefined)
        complain({ key: name, message: 'it bounds what is learned, and the tolerance is fixed', remedy: 'drop it, or the window' });
    if (floor !== undefined && ceiling !== undefined && floor > ceiling)
      complain({ key: 'floor', message: 'it is longer than the ceiling', remedy: 'write a shorter one, like "3m"' });
    return { tolerance, window, floor, ceiling };
  });

/** The shape of rollcall.toml. Unknown keys are refused everywhere. */
export const fileSchema = z.strictObject({
  site: z.strictObject({ name: key(field.siteName).optional() }).optional(),
  http: z
    .strictObject({
      host: key(field.listenHost).optional(),
      port: key(field.listenPort).optional(),
      hosts: z.array(key(field.hostName)).optional(),
    })
    .optional(),
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
