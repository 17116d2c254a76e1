import type { Millis } from './time.ts';

/** Types a device can be, by guess or by the user's word. */
export const DEVICE_TYPES = [
  'phone',
  'tablet',
  'watch',
  'laptop',
  'desktop',
  'server',
  'nas',
  'router',
  'switch',
  'access-point',
  'printer',
  'camera',
  'tv',
  'speaker',
  'console',
  'light',
  'plug',
  'sensor',
  'appliance',
  'vm',
  'container',
  'other',
] as const;

export type DeviceType = (typeof DEVICE_TYPES)[number];

export const IMPORTANCES = ['low', 'normal', 'high'] as const;
export type Importance = (typeof IMPORTANCES)[number];

/**
 * What people say of a device. It beats whatever a scan finds; every label is a fact with its own history. null and
 * empty: nobody said anything.
 */
export interface Labels {
  /** Name the user gave. */
  readonly alias: string | null;
  readonly type: DeviceType | null;
  /** The person whose device it is. */
  readonly owner: string | null;
  /** Whether its presence is its owner's presence; null: as its type suggests. */
  readonly carried: boolean | null;
  readonly groups: readonly string[];
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly importance: Importance;
  /** How long it may keep quiet before it counts as away; null takes the usual tolerance. */
  readonly window: Millis | null;
  /** false: it is only listened to and counted by others' sweeps, never asked itself. */
  readonly probed: boolean;
  /** Asked for ports slowly, for few, and never what they serve. false: like any other device; null: as what it is suggests. */
  readonly gentle: boolean | null;
  /** The scan under which it fell silent: it is left alone until a person releases it. Not said by people; null: none. */
  readonly harmed: number | null;
  /** Devices that a person said it is not, by id. */
  readonly distinct: readonly number[];
}

export const NO_LABELS: Labels = {
  alias: null,
  type: null,
  owner: null,
  carried: null,
  groups: [],
  tags: [],
  note: null,
  importance: 'normal',
  window: null,
  probed: true,
  gentle: null,
  harmed: null,
  distinct: [],
};

/** Names that join a set, and names that leave it. */
export interface SetEdit {
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
}

/** What an edit sets; what it does not name stays. null takes a label away. */
export type LabelEdit = Partial<Omit<Labels, 'distinct' | 'groups' | 'tags'>> & { readonly groups?: SetEdit; readonly tags?: SetEdit };
