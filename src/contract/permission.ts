import type { AnyContractProcedure } from '@orpc/contract';
import type { Scope } from '../core/index.ts';

/** Who may ask for an operation, and whether it is kept who did. */
export interface Permission {
  /** What a caller must be allowed to do; 'nobody': may be asked without any proof. */
  readonly scope: Scope | 'nobody';
  /** It changes something, so the audit keeps who asked for it and what came of it. */
  readonly audited: boolean;
}

/** What an operation says of itself. */
export const permissionOf = (operation: AnyContractProcedure): Permission => operation['~orpc'].meta as Permission;
