import { type Approval, type ChangeDraft, placeText } from '../../core/index.ts';
import { servingText } from './serving.ts';
import { portsText } from './verdict.ts';

/** The change that tells of an approval that is over. */
export function expiryOf({ id, subject, permit, by, why, until }: Approval): ChangeDraft {
  const what = subject.kind === 'group' ? `${subject.name} ` : subject.kind === 'everywhere' ? 'everywhere ' : '';
  const text = `${what}${permitText(permit)}${by === null ? '' : `, approved by ${by}`}${why === null ? '' : `: ${why}`}`;
  const host = subject.kind === 'host' ? { host: subject.reference } : {};
  return {
    kind: 'approval.expired',
    device: subject.kind === 'device' ? subject.device : null,
    before: { approval: id, ...host, until: until === null ? null : new Date(until).toISOString() },
    after: { text },
  };
}

function permitText(permit: Approval['permit']): string {
  if (permit.kind === 'presence') return 'may be here';
  if (permit.kind === 'service') return `${placeText(permit)} ${servingText(permit.serving)}`;
  return `${permit.kind} ${portsText(permit.ports)}`;
}
