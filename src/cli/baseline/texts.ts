import type { ApprovalJson } from '../../contract/index.ts';
import type { ApprovalEntry } from '../../core/index.ts';

/** What is said of one, wherever it comes from. */
type Said = { readonly [Key in keyof ApprovalEntry]?: ApprovalEntry[Key] | undefined };

/** Whom an approval is about: "nas (02:00:5e:00:53:01)", "group iot", "everywhere". */
export function subjectText({ device, name, group }: Said): string {
  if (device !== undefined) return name === undefined || name === device ? device : `${name} (${device})`;
  return group === undefined ? 'everywhere' : `group ${group}`;
}

/** What is allowed: "22/tcp OpenSSH 9.2p1", "only 80,443", "may be here". */
export function approvalText(entry: Said): string {
  const { only, nowhere, allowed, port, serves, product, version, exempt } = entry;
  if (only !== undefined) return `only ${only}`;
  if (nowhere !== undefined) return `nowhere ${nowhere}`;
  if (allowed !== undefined) return `allowed ${allowed}`;
  if (port === undefined) return 'may be here';
  const what = serves ?? (product === undefined ? 'whatever serves' : `${product} ${version ?? 'of any version'}`);
  return `${port} ${what}${exempt ? ', also where a policy says nowhere' : ''}`;
}

/** How an approval stands: "until 2027-01-31 00:00:00", "expired ...", "revoked ... by ada". */
export function standingText({ inForce, until, revoked }: ApprovalJson, localTime: (at: number) => string): string {
  const expires = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  if (revoked && Date.parse(revoked.at) < expires)
    return `revoked ${localTime(Date.parse(revoked.at))}${revoked.by === null ? '' : ` by ${revoked.by}`}`;
  if (until === undefined) return inForce ? '-' : 'over';
  return `${inForce ? 'until' : 'expired'} ${localTime(expires)}`;
}
