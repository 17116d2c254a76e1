import type { MirroredDevice, MirroredIncident, MirroredParty, Picture } from '../../src/core/index.ts';
import { AT, mac } from './device.ts';

/** A device in a picture, by number: present, with one address and one MAC. */
export const mirrored = (id: number, over: Partial<MirroredDevice> = {}): MirroredDevice => ({
  id,
  name: `host-${id}`,
  hostname: `host-${id}.lan`,
  presence: 'present',
  address: `10.0.${id >> 8}.${id & 255}`,
  macs: [mac(id)],
  vendor: 'Acme',
  type: 'phone',
  owner: null,
  groups: [],
  firstSeen: AT,
  lastSeen: AT,
  ...over,
});

export const party = (name: string, over: Partial<MirroredParty> = {}): MirroredParty => ({
  name,
  is: 'home',
  counted: [1],
  present: 1,
  ...over,
});

export const openIncident = (id: number, over: Partial<MirroredIncident> = {}): MirroredIncident => ({
  id,
  rule: 'new-device',
  urgency: 'normal',
  title: 'a new device',
  count: 1,
  openedAt: AT,
  changedAt: AT,
  acknowledged: null,
  ...over,
});

/** A picture of a small house. */
export const pictureOf = (over: Partial<Picture> = {}): Picture => ({
  devices: [mirrored(1), mirrored(2, { presence: 'away' })],
  people: [party('Anna')],
  groups: [party('family')],
  counts: { present: 1, away: 1, unknown: 0, fresh: 2, drift: null, incidents: 0 },
  incidents: [],
  daemon: { startedAt: AT, targets: [{ id: 1, text: '10.0.0.0/24' }], troubles: [] },
  ...over,
});
