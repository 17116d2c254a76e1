import type { ChangeKind } from '../core/index.ts';

/** How a kind of change is told in a line. */
export interface Phrase {
  /** What the device did; for what is no device's, what happened. */
  readonly did: string;
  /** Between that and what is different. */
  readonly gap: string;
  /** Of several: "3 devices left". */
  readonly many: string;
  /** Whether the device comes first. */
  readonly who: boolean;
  /** Whether what is different belongs into the shortest telling, too. */
  readonly whole: boolean;
}

const device = (did: string, many: string, gap = ': '): Phrase => ({ did, many, gap, who: true, whole: false });
const port = (did: string, many: string, gap = ' '): Phrase => ({ did, many, gap, who: true, whole: true });
const place = (did: string, many: string): Phrase => ({ did, many, gap: did === '' ? '' : ': ', who: false, whole: true });

export const PHRASES: Readonly<Record<ChangeKind, Phrase>> = {
  'device.appeared': device('is new', 'new devices'),
  'device.left': device('left', 'devices left', ', '),
  'device.returned': device('is back', 'devices are back', ' '),
  'device.readdressed': device('has another address', 'devices have other addresses'),
  'identity.changed': device('is known by something else', 'devices are known by something else'),
  'port.opened': port('opened', 'ports opened'),
  'port.closed': port('closed', 'ports closed'),
  'port.filtered': port('hides', 'ports hidden'),
  'service.changed': port('serves something else:', 'services changed'),
  'service.key-changed': port('shows another key:', 'keys changed'),
  'certificate.renewed': port('has a new certificate:', 'certificates renewed'),
  'certificate.expiring': port('has a certificate that ends:', 'certificates end'),
  'vantage.blind': place('blind', 'targets cannot be seen'),
  'vantage.restored': place('seen again', 'targets are seen again'),
  'vantage.changed': place('seen otherwise', 'targets are seen otherwise'),
  'device.edited': device('was described by somebody', 'devices were described by somebody'),
  'device.described': device('was looked at', 'devices were looked at'),
  'device.merged': device('was merged', 'devices were merged'),
  'device.split': device('was split', 'devices were split'),
  'device.forgotten': device('was forgotten', 'devices were forgotten'),
  'device.flapping': device('comes and goes', 'devices come and go'),
  'device.stable': device('is stable', 'devices are stable'),
  'merge.proposed': device('may be one with another', 'devices may be one with others'),
  'address.conflict': place('address conflict', 'address conflicts'),
  'gateway.changed': place('gateway changed', 'gateways changed'),
  'segment.lost': place('segment lost', 'segments lost'),
  'segment.restored': place('segment is back', 'segments are back'),
  'storm.began': place('storm of strangers', 'storms of strangers'),
  'storm.ended': place('storm is over', 'storms are over'),
  'person.arrived': place('', 'people came home'),
  'person.left': place('', 'people left'),
  'group.first-arrived': place('', 'groups arrived'),
  'group.last-left': place('', 'groups left'),
  'device.harmed': device('fell silent under a scan', 'devices fell silent under a scan'),
  'device.released': device('is asked again', 'devices are asked again'),
  'history.imported': place('records taken in', 'records taken in'),
  'approval.expired': device('is no longer approved', 'approvals expired'),
};
