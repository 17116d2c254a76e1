import { yesNo } from './values.ts';

/** Keys about what was approved. */
export const APPROVAL_KEYS = {
  approved: yesNo(({ id }, { standing }) => standing?.approved.has(id) ?? false),
  drift: yesNo(({ id }, { standing }) => standing?.drifting.has(id) ?? false),
};

/** Whether a filter asks how devices stand to what was approved. */
export const asksApproval = (terms: readonly { readonly key: string | null }[]): boolean =>
  terms.some(({ key }) => key !== null && Object.hasOwn(APPROVAL_KEYS, key));
