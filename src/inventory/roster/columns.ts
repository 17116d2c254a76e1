import {
  bad,
  DEVICE_TYPES,
  type Device,
  deviceName,
  formatDuration,
  good,
  IMPORTANCES,
  type LabelEdit,
  parseDuration,
  type Result,
} from '../../core/index.ts';

/** A column of the table of all devices. */
export interface Column {
  readonly name: string;
  /** null: what it says is found, not said, and is never taken in. */
  readonly label: LabelColumn | null;
  write(device: Device): string;
}

/** How what people say of a device is taken in from a table. */
export interface LabelColumn {
  /** What a cell with something in it says of this device. */
  read(text: string, device: Device): Result<LabelEdit>;
  /** What an empty cell says where empty ones count: nobody says anything. */
  clear(device: Device): LabelEdit;
}

const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase();

const found = (name: string, write: Column['write']): Column => ({ name, label: null, write });

const text = (name: string, key: 'alias' | 'owner' | 'note'): Column => ({
  name,
  write: ({ labels }) => labels[key] ?? '',
  label: { read: (cell) => good({ [key]: cell }), clear: () => ({ [key]: null }) },
});

const word = <T extends string>(name: 'type' | 'importance', words: readonly T[], usual: T | null): Column => ({
  name,
  write: ({ labels }) => labels[name] ?? '',
  label: {
    read: (cell) => {
      const meant = words.find((one) => one === fold(cell));
      return meant ? good({ [name]: meant }) : bad('there is no such word', `write ${words.join(', ')}`);
    },
    clear: () => ({ [name]: usual }),
  },
});

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
]);

const flag = (name: 'carried' | 'gentle' | 'probed', usual: boolean | null): Column => ({
  name,
  write: ({ labels }) => (labels[name] === null ? '' : labels[name] ? 'yes' : 'no'),
  label: {
    read: (cell) => {
      const meant = FLAGS.get(fold(cell));
      return meant === undefined ? bad('it is neither yes nor no', 'write yes or no') : good({ [name]: meant });
    },
    clear: () => ({ [name]: usual }),
  },
});

/** The cell says the whole set. */
const names = (name: 'groups' | 'tags'): Column => ({
  name,
  write: ({ labels }) => labels[name].join(', '),
  label: {
    read: (cell, device) => {
      const said = new Map(
        cell
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== '')
          .toReversed() // of two that differ in case the first one counts
          .map((one) => [fold(one), one]),
      );
      const known = new Set(device.labels[name].map(fold));
      const drop = device.labels[name].filter((one) => !said.has(fold(one)));
      return good({ [name]: { add: [...said].filter(([key]) => !known.has(key)).map(([, one]) => one), drop } });
    },
    clear: ({ labels }) => ({ [name]: { drop: labels[name] } }),
  },
});

const WINDOW: Column = {
  name: 'window',
  write: ({ labels }) => (labels.window === null ? '' : formatDuration(labels.window)),
  label: {
    read: (cell) => {
      const window = parseDuration(cell.trim());
      return window === undefined ? bad('it is not a length of time', 'write one like 45m, 1h30m or 2d') : good({ window });
    },
    clear: () => ({ window: null }),
  },
};

const iso = (at: number): string => new Date(at).toISOString();

/** All there are, in their usual order. The first ones tell which device is meant. */
export const ROSTER_COLUMNS: readonly Column[] = [
  found('id', ({ id }) => String(id)),
  found('macs', ({ macs }) => macs.map(({ mac }) => mac).join(', ')),
  found('addresses', ({ addresses }) => addresses.map(({ address }) => address).join(', ')),
  found('called', (device) => deviceName(device) ?? ''),
  text('name', 'alias'),
  word('type', DEVICE_TYPES, null),
  text('owner', 'owner'),
  flag('carried', null),
  names('groups'),
  names('tags'),
  text('note', 'note'),
  word('importance', IMPORTANCES, 'normal'),
  WINDOW,
  flag('probed', true),
  flag('gentle', null),
  found('presence', ({ presence }) => presence),
  found('vendor', ({ macs }) => macs.find(({ vendor }) => vendor !== null)?.vendor ?? ''),
  found('os', ({ os }) => os ?? ''),
  found('firstSeen', ({ firstSeen }) => iso(firstSeen)),
  found('lastSeen', ({ lastSeen }) => iso(lastSeen)),
];

const plain = (name: string): string => fold(name).replace(/[\s_-]/g, '');

/** What people write over a column. */
const ALIASES: Readonly<Record<string, string>> = {
  mac: 'macs',
  address: 'addresses',
  ip: 'addresses',
  ips: 'addresses',
  group: 'groups',
  tag: 'tags',
  notes: 'note',
  alias: 'name',
};

const BY_NAME = new Map(ROSTER_COLUMNS.map((column) => [plain(column.name), column]));

/** The column that is called so, in any case and with or without blanks: "First seen" is firstSeen. */
export const columnNamed = (name: string): Column | undefined => BY_NAME.get(plain(ALIASES[plain(name)] ?? name));
