import type { Certificate, DevicePort, ExpiryStage, Instant, Millis } from '../core/index.ts';

export const DAY: Millis = 24 * 3_600_000;
/** Days before its end that a certificate is told of, where nobody says otherwise. */
export const CERTIFICATE_DAYS = 21;

/**
 * The ports with a note of each certificate that nears its end, or is past it, as of a moment: whoever compares them with those
 * before tells of it. The note stays with the certificate, so each stage of each is told once, however often anybody looks and
 * restarts. The same list where there is nothing to note.
 */
export function tellExpiry(
  ports: readonly DevicePort[],
  { at, days }: { readonly at: Instant; readonly days: number },
): readonly DevicePort[] {
  if (!ports.some((port) => stageToTell(port, { at, days }) !== null)) return ports;
  return ports.map((port) => {
    const stage = stageToTell(port, { at, days });
    const sha256 = port.serving?.certificate?.sha256;
    return stage === null || sha256 === undefined ? port : { ...port, told: { ...port.told, expiry: { sha256, stage } } };
  });
}

interface Threshold {
  readonly at: Instant;
  readonly days: number;
}

/** null: nothing, or it was told. A clock that was set back tells nothing anew. */
function stageToTell({ state, serving, told }: DevicePort, threshold: Threshold): ExpiryStage | null {
  const certificate = serving?.certificate;
  if (!certificate || state !== 'open') return null;
  const stage = stageOf(certificate, threshold);
  const before = told?.expiry?.sha256 === certificate.sha256 ? told.expiry.stage : null;
  return stage === before || before === 'expired' ? null : stage;
}

function stageOf({ notAfter }: Certificate, { at, days }: Threshold): ExpiryStage | null {
  const end = notAfter === null ? Number.NaN : Date.parse(notAfter);
  if (Number.isNaN(end) || at < end - days * DAY) return null;
  return at < end ? 'soon' : 'expired';
}
