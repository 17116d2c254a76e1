import { oc } from '@orpc/contract';
import * as z from 'zod';
import type { FaultCode } from '../core/index.ts';
import type { Permission } from './permission.ts';

/** What a refusal carries beside its code and message: what to do about it, when that is known. */
export const faultDetail = z.object({ remedy: z.string().nullable() });

/** A refusal as REST clients read it. */
export const faultJson = z.object({ code: z.string(), message: z.string(), remedy: z.string().nullable() }).meta({
  description: 'Why a request was refused, and what to do about it.',
  examples: [{ code: 'not-found', message: 'no device "printer"', remedy: 'list them with rollcall devices' }],
});

export type FaultJson = z.infer<typeof faultJson>;

/** The faults of core as typed refusals: code, HTTP status, what the code means. */
export const faults = {
  'bad-input': { status: 400, message: 'a value is unusable', data: faultDetail },
  refused: { status: 403, message: 'understood, but not allowed', data: faultDetail },
  'not-found': { status: 404, message: 'nothing goes by that name', data: faultDetail },
  conflict: { status: 409, message: 'somebody else holds it', data: faultDetail },
  unavailable: { status: 503, message: 'a tool, port, disk or daemon is missing', data: faultDetail },
} as const satisfies Record<FaultCode, object>;

// Whatever forgot to say who may ask for it would be for admins only; the type lets nobody forget.
const starting = oc.$meta<Permission>({ scope: 'admin', audited: true }).errors(faults);

/** What every operation starts from: `.meta` says who may ask for it, before anything else can be said. */
export const operation: Pick<typeof starting, 'meta'> = starting;
