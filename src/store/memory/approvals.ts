import type { Approval, ApprovalQuery, ApprovalWork } from '../../core/index.ts';
import type { State } from './state.ts';

export function writeApprovals({ approvals }: State, { add, revoke, revoked }: ApprovalWork): readonly Approval[] {
  const meant = new Set(revoke);
  for (const [at, approval] of approvals.entries())
    if (meant.has(approval.id) && approval.revoked === null) approvals[at] = { ...approval, revoked };
  const made = add.map((draft, at): Approval => ({ ...draft, id: approvals.length + at + 1, revoked: null }));
  for (const approval of made) approvals.push(approval);
  return made;
}

export function readApprovals({ approvals, expiryTold }: State, { site, madeBy, untold }: ApprovalQuery): readonly Approval[] {
  const expired = ({ id, until, revoked }: Approval, by: number): boolean =>
    until !== null && until <= by && !expiryTold.has(id) && (revoked === null || revoked.at > until);
  return approvals.filter(
    (approval) =>
      approval.site === site && (madeBy === undefined || approval.at <= madeBy) && (untold === undefined || expired(approval, untold)),
  );
}
