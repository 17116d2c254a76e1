import type { Permission } from '../contract/index.ts';
import type { Caller, Scope } from '../core/index.ts';

/** Whether a caller may ask, and if not, why. */
export type Permit =
  | { readonly may: true }
  /** Nobody knows who it is: to come in would help. */
  | { readonly may: false; readonly because: 'unknown' }
  /** It is known, and not for this. */
  | { readonly may: false; readonly because: 'scope'; readonly scope: Scope };

const MAY: Permit = { may: true };

/** The one judgement of who may ask for what. */
export function permitOf({ proof, scopes }: Pick<Caller, 'proof' | 'scopes'>, { scope }: Pick<Permission, 'scope'>): Permit {
  if (scope === 'nobody') return MAY;
  if (proof === 'nothing') return { may: false, because: 'unknown' };
  return scopes.includes(scope) ? MAY : { may: false, because: 'scope', scope };
}
