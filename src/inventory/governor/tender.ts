import { type Device, type DevicePort, type PortSet, portsHold } from '../../core/index.ts';
import { guessType } from '../device-type/guess-type.ts';

/**
 * Ports of automation and building control whose devices a version probe upsets or halts (Modbus, S7, IEC 104, DNP3,
 * EtherNet/IP, BACnet), and those of printers, which print what they are asked (9100-9107).
 */
export const FRAGILE_PORTS: PortSet = [
  [102, 102],
  [502, 502],
  [2404, 2404],
  [9100, 9107],
  [20_000, 20_000],
  [44_818, 44_818],
  [47_808, 47_808],
];

const AUTOMATION: ReadonlyMap<number, string> = new Map([
  [102, 'S7'],
  [502, 'Modbus'],
  [2404, 'IEC 104'],
  [20_000, 'DNP3'],
  [44_818, 'EtherNet/IP'],
  [47_808, 'BACnet'],
]);

/** A guess of less than this is none: a workstation that prints listens on the printers' 631, too. */
const SURE = 0.6;

/** Why a device must not be asked at all; null: it may. */
export function sparedBecause({ labels }: Pick<Device, 'labels'>): string | null {
  if (labels.harmed !== null) return `it fell silent during scan ${labels.harmed}, and was not released since`;
  return labels.probed ? null : 'it is not to be probed';
}

/** Why a device may be asked only gently: few ports, slowly, and never what they serve. null: like any other. */
export function tenderBecause(device: Device): string | null {
  const { labels, ports } = device;
  if (labels.gentle !== null) return labels.gentle ? 'it is to be asked gently' : null;
  const automation = ports.find(({ port, state }) => state === 'open' && AUTOMATION.has(port));
  if (automation) return `${AUTOMATION.get(automation.port)} answers at port ${automation.port}`;
  if (labels.type !== null) return labels.type === 'printer' ? 'it is a printer' : null;
  const guess = guessType(device);
  if (guess?.type !== 'printer' || guess.confidence < SURE) return null;
  return `it is probably a printer (${guess.reason})`;
}

/** How open ports may be asked what they serve. */
export interface Manner {
  /** Somebody allowed to ask what may break. */
  readonly fragile: boolean;
  /** With raw packets. */
  readonly privileged: boolean;
}

/** Why an open port of a device is not asked what it serves; null: it may be. */
export function unversionedBecause(
  device: Device,
  { protocol, port }: Pick<DevicePort, 'protocol' | 'port'>,
  { fragile, privileged }: Manner,
): string | null {
  const tender = fragile && device.labels.gentle !== true ? null : tenderBecause(device);
  const breaks = !fragile && portsHold(FRAGILE_PORTS, port) ? `what listens on port ${port} may break when it is asked` : null;
  // nmap refuses all of a run that would ask one port by raw packets it may not send.
  const unable = protocol === 'udp' && !privileged ? 'UDP cannot be asked without raw packets' : null;
  return sparedBecause(device) ?? tender ?? breaks ?? unable;
}
