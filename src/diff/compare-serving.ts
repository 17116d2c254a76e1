import {
  type AnswerPart,
  type Certificate,
  type ChangeDraft,
  certificateText,
  type DevicePort,
  type JsonObject,
  type ServiceIdentity,
  type SshKey,
} from '../core/index.ts';
import { changedTypes, type IdentityStep, sshStep, tlsStep } from './identity-change.ts';

/** A port on both sides, and the moment of the later one (epoch ms). */
export interface PortSides {
  readonly device: number;
  readonly before: DevicePort;
  readonly after: DevicePort;
  readonly at: number;
}

/** What a port shows of who serves there that it did not show before. Keys and certificates each have a change of their own. */
export function compareServing({ device, before, after, at }: PortSides): ChangeDraft[] {
  const [old, fresh] = [before.serving, after.serving];
  if (!old || !fresh || old === fresh) return [];
  const steps = [sshStep(old.sshKeys, fresh.sshKeys), tlsStep(old.certificate, fresh.certificate, at)];
  return steps.flatMap((step) => (step ? [draftOf(step, { device, before, after }, [old, fresh])] : []));
}

function draftOf(
  step: IdentityStep,
  { device, before, after }: Omit<PortSides, 'at'>,
  [old, fresh]: readonly [ServiceIdentity, ServiceIdentity],
): ChangeDraft {
  const { kind, what } = step;
  const told = what === 'ssh' ? sshText(old.sshKeys, fresh.sshKeys) : tlsText(step, old.certificate, fresh.certificate);
  const turns = beganTurns(before, after, what);
  const text = turns ? `${told}; ${IN_TURN}` : told;
  // One that comes back was known before.
  const severity = kind === 'service.key-changed' && !turns ? { severity: 'high' } : {};
  return {
    kind,
    device,
    before: sideOf(before, what, old),
    after: { ...sideOf(after, what, fresh), ...severity, ...(turns && { inTurn: true }), text },
  };
}

/** Of several answers of one address it is told once that they take turns. */
export const IN_TURN = 'it answers in turn, as several servers behind one address do: these are not told again for 30 days';

/** Whether it is known with this change that several answers of the port take turns. */
export function beganTurns(before: DevicePort, after: DevicePort, part: AnswerPart): boolean {
  const since = after.told?.turns?.[part]?.since ?? null;
  return since !== null && since !== (before.told?.turns?.[part]?.since ?? null);
}

function sideOf({ protocol, port, state }: DevicePort, what: 'ssh' | 'tls', { sshKeys, certificate }: ServiceIdentity): JsonObject {
  const shown = what === 'ssh' ? { sshKeys: sshKeys.map((key) => ({ ...key })) } : { certificate: certificateSide(certificate) };
  return { protocol, port, state, ...shown };
}

/** A certificate as one side of a change. */
export const certificateSide = (certificate: Certificate | null): JsonObject | null =>
  certificate && { ...certificate, names: [...certificate.names] };

function sshText(before: readonly SshKey[], after: readonly SshKey[]): string {
  const types = changedTypes(before, after);
  const list = (keys: readonly SshKey[]): string =>
    keys
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .map(({ type, hash }) => `${type} ${hash}`)
      .join(', ');
  return `shows another SSH host key: ${list(after)}, was ${list(before)}; unless it was set up anew, somebody stands in between`;
}

function tlsText({ kind, how }: IdentityStep, before: Certificate | null, after: Certificate | null): string {
  const [old, fresh] = [before, after].map((one) => (one === null ? 'none' : certificateText(one)));
  return kind === 'certificate.renewed'
    ? `renewed its certificate: ${fresh}, was ${old}`
    : `shows another certificate (${how}): ${fresh}, was ${old}`;
}
