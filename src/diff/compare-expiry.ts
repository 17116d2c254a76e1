import type { ChangeDraft, Device, DevicePort } from '../core/index.ts';
import { certificateSide } from './compare-serving.ts';
import { portKey } from './look-ports.ts';

/** Certificates of which it is told now that they end soon, or have ended. `before` null: the device is new. */
export function compareExpiry(before: Device | null, after: Device): ChangeDraft[] {
  if (before?.ports === after.ports || !after.ports.some(({ told }) => told?.expiry)) return [];
  const known = new Map(before?.ports.map((port) => [portKey(port), port]));
  return after.ports.flatMap((port) => expiryDraft(after.id, known.get(portKey(port)), port) ?? []);
}

function expiryDraft(device: number, before: DevicePort | undefined, port: DevicePort): ChangeDraft | null {
  const certificate = port.serving?.certificate ?? null;
  const [old, told] = [before?.told?.expiry, port.told?.expiry];
  if (!told || certificate?.sha256 !== told.sha256 || (old?.sha256 === told.sha256 && old.stage === told.stage)) return null;
  const { stage } = told;
  const whose = certificate.subject || certificate.names[0] || 'nobody';
  const day = certificate.notAfter?.slice(0, 16).replace('T', ' ') ?? '';
  const text = `certificate of ${whose} ${stage === 'soon' ? 'expires' : 'expired'} ${day} UTC`;
  const { protocol, port: number, state } = port;
  const after = { protocol, port: number, state, certificate: certificateSide(certificate), stage, text };
  return { kind: 'certificate.expiring', device, before: null, after };
}
