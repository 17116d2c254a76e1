import type { Certificate, ChangeDraft, Device, DevicePort, ExpiryStage } from '../core/index.ts';
import { certificateSide } from './compare-serving.ts';
import { portKey } from './look-ports.ts';

/** Certificates of which it is told now that they end soon, or have ended. `before` null: the device is new. */
export function compareExpiry(before: Device | null, after: Device): ChangeDraft[] {
  if (before?.ports === after.ports || !after.ports.some(({ told }) => told?.expiry)) return [];
  const known = new Map(before?.ports.map((port) => [portKey(port), port]));
  return after.ports.flatMap((port) => expiryDraft(after.id, known.get(portKey(port)), port) ?? []);
}

function expiryDraft(
  device: number,
  before: DevicePort | undefined,
  { protocol, port, state, serving, told }: DevicePort,
): ChangeDraft | null {
  const certificate = serving?.certificate;
  const expiry = told?.expiry;
  if (!certificate || certificate.sha256 !== expiry?.sha256 || isTold(before, expiry)) return null;
  const { stage } = expiry;
  const after = { protocol, port, state, certificate: certificateSide(certificate), stage, text: textOf(certificate, stage) };
  return { kind: 'certificate.expiring', device, before: null, after };
}

const isTold = (before: DevicePort | undefined, { sha256, stage }: Expiry): boolean =>
  before?.told?.expiry?.sha256 === sha256 && before.told.expiry.stage === stage;

type Expiry = NonNullable<NonNullable<DevicePort['told']>['expiry']>;

function textOf({ subject, names, notAfter }: Certificate, stage: ExpiryStage): string {
  const moment = notAfter?.slice(0, 16).replace('T', ' ') ?? '';
  return `certificate of ${subject || names[0] || 'nobody'} ${stage === 'soon' ? 'expires' : 'expired'} ${moment} UTC`;
}
