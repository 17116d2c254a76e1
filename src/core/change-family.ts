import { CHANGE_KINDS, type ChangeKind } from './change.ts';

/** What changes are about, for whoever draws many of them: few enough for a colour each. */
export const CHANGE_FAMILIES = ['new', 'came', 'left', 'ports', 'services', 'identity', 'network', 'said'] as const;

export type ChangeFamily = (typeof CHANGE_FAMILIES)[number];

const FAMILY_OF: Readonly<Record<ChangeKind, ChangeFamily>> = {
  'device.appeared': 'new',
  'device.described': 'new',
  'device.returned': 'came',
  'device.stable': 'came',
  'person.arrived': 'came',
  'group.first-arrived': 'came',
  'device.left': 'left',
  'device.flapping': 'left',
  'person.left': 'left',
  'group.last-left': 'left',
  'port.opened': 'ports',
  'port.closed': 'ports',
  'port.filtered': 'ports',
  'service.changed': 'services',
  'service.key-changed': 'services',
  'certificate.renewed': 'services',
  'certificate.expiring': 'services',
  'device.readdressed': 'identity',
  'identity.changed': 'identity',
  'merge.proposed': 'identity',
  'address.conflict': 'identity',
  'vantage.blind': 'network',
  'vantage.restored': 'network',
  'vantage.changed': 'network',
  'gateway.changed': 'network',
  'segment.lost': 'network',
  'segment.restored': 'network',
  'storm.began': 'network',
  'storm.ended': 'network',
  'device.harmed': 'network',
  'device.released': 'said',
  'device.edited': 'said',
  'device.merged': 'said',
  'device.split': 'said',
  'device.forgotten': 'said',
  'history.imported': 'said',
  'approval.expired': 'said',
};

export const familyOf = (kind: ChangeKind): ChangeFamily => FAMILY_OF[kind];

/** The kinds of a family, in the order in which they are listed everywhere. */
export const kindsOf = (family: ChangeFamily): readonly ChangeKind[] => CHANGE_KINDS.filter((kind) => FAMILY_OF[kind] === family);
