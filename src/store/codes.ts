import type { ChangeKind, FactKind, NotificationState } from '../core/index.ts';

/**
 * Kinds as the small integers the tables keep. Append only: a number once given keeps its meaning for ever, and a
 * new one comes with a migration (an empty one will do), so that an older program refuses the store instead of
 * misreading it.
 */
const FACTS = {
  presence: 0,
  mac: 1,
  address: 2,
  name: 3,
  port: 4,
  asked: 5,
  os: 6,
  clue: 7,
  label: 8,
  rhythm: 9,
  merged: 10,
  serving: 11,
  told: 12,
} as const satisfies Record<FactKind, number>;

const CHANGES = {
  'device.appeared': 0,
  'device.left': 1,
  'device.returned': 2,
  'device.readdressed': 3,
  'identity.changed': 4,
  'port.opened': 5,
  'port.closed': 6,
  'port.filtered': 7,
  'service.changed': 8,
  'vantage.blind': 9,
  'vantage.restored': 10,
  'vantage.changed': 11,
  'device.edited': 12,
  'device.described': 13,
  'device.merged': 14,
  'device.split': 15,
  'device.forgotten': 16,
  'device.flapping': 17,
  'device.stable': 18,
  'merge.proposed': 19,
  'address.conflict': 20,
  'gateway.changed': 21,
  'segment.lost': 22,
  'segment.restored': 23,
  'storm.began': 24,
  'storm.ended': 25,
  'person.arrived': 26,
  'person.left': 27,
  'group.first-arrived': 28,
  'group.last-left': 29,
  'service.key-changed': 30,
  'certificate.renewed': 31,
  'certificate.expiring': 32,
  'approval.expired': 33,
  'device.harmed': 34,
  'device.released': 35,
  'history.imported': 36,
} as const satisfies Record<ChangeKind, number>;

const STATE_CODES = { waiting: 0, delivered: 1, dead: 2, folded: 3 } as const satisfies Record<NotificationState, number>;

const factKinds = namesByCode<FactKind>(FACTS);
const changeKinds = namesByCode<ChangeKind>(CHANGES);

export const STATES = namesByCode<NotificationState>(STATE_CODES);

export const stateCode = (state: NotificationState): number => STATE_CODES[state];
export const factCode = (kind: FactKind): number => FACTS[kind];
export const changeCode = (kind: ChangeKind): number => CHANGES[kind];
export const factKind = (code: number): FactKind => named(factKinds, code, 'fact');
export const changeKind = (code: number): ChangeKind => named(changeKinds, code, 'change');

function namesByCode<Name extends string>(codes: Readonly<Record<Name, number>>): readonly Name[] {
  const names: Name[] = [];
  for (const [name, code] of Object.entries(codes) as [Name, number][]) names[code] = name;
  return names;
}

function named<Name>(names: readonly Name[], code: number, what: string): Name {
  const name = names[code];
  if (name === undefined) throw new RangeError(`reading store: ${code} is no kind of ${what}`);
  return name;
}
