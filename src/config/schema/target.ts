import { z } from 'zod';
import { type Address, isWithin, type TargetSpec } from '../../core/index.ts';
import type { ConfigTarget } from '../config.ts';
import * as field from '../fields.ts';
import { type Complain, complainTo, key } from './key.ts';
import { checkQuiet, GUARD, LIMITS, onlySaid, saidOf } from './limits.ts';
import { planned, scheduleOf, TIMED } from './schedule.ts';

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

export const target = z
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

export const allowance = z
  .strictObject({ range: key(field.addressRanges), owner: key(field.ownerName), until: key(field.lastDay) })
  .transform(({ range, owner, until }) => ({ ranges: range, owner, until }));
