import { type Command, Option } from 'commander';
import type { RollcallClient } from '../contract/index.ts';
import { DEVICE_TYPES, IMPORTANCES } from '../core/index.ts';

export type DeviceEdit = Parameters<RollcallClient['devices']['editMany']>[0]['edit'];

export interface LabelOptions {
  readonly name?: string;
  readonly type?: NonNullable<DeviceEdit['type']> | 'none';
  readonly owner?: string;
  readonly carried?: keyof typeof CARRIED;
  readonly group: readonly string[];
  readonly ungroup: readonly string[];
  readonly tag: readonly string[];
  readonly untag: readonly string[];
  readonly note?: string;
  readonly importance?: NonNullable<DeviceEdit['importance']>;
  readonly window?: string;
  readonly probe?: keyof typeof PROBE;
}

/** Whoever says that a device may be asked releases it. */
const PROBE = {
  yes: { probed: true, gentle: false, harmed: null },
  gently: { probed: true, gentle: true, harmed: null },
  no: { probed: false },
  auto: { probed: true, gentle: null, harmed: null },
} as const satisfies Record<string, DeviceEdit>;

const CARRIED = { yes: true, no: false, auto: null } as const;
const each = (value: string, before: readonly string[]): readonly string[] => [...before, value];
const several = (flags: string, text: string): Option => new Option(flags, text).argParser(each).default([], 'none');

/** What may be said of devices, as options. */
export const withLabelOptions = (command: Command): Command =>
  command
    .option('--name <name>', 'call it so from now on; "" takes the name away again')
    .addOption(new Option('--type <type>', 'what it is; "none" leaves it to the guess').choices([...DEVICE_TYPES, 'none']))
    .option('--owner <person>', 'whose it is; "" is nobody')
    .addOption(new Option('--carried <how>', 'whether its owner is where it is; "auto" goes by its type').choices(Object.keys(CARRIED)))
    .addOption(several('--group <group>', 'put it into a group; may be repeated'))
    .addOption(several('--ungroup <group>', 'take it out of a group'))
    .addOption(several('--tag <tag>', 'tag it; may be repeated'))
    .addOption(several('--untag <tag>', 'take a tag away'))
    .option('--note <text>', 'write a note; "" takes it away')
    .addOption(new Option('--importance <how>', 'how much it matters').choices([...IMPORTANCES]))
    .option('--window <length>', 'how long it may be missed before it counts as away, like 45m; "usual" takes it away again')
    .addOption(
      new Option(
        '--probe <how>',
        'no: only listen to it; gently: few ports, slowly; yes: like any other; auto: as what it is suggests',
      ).choices(Object.keys(PROBE)),
    );

/** The edit that the options ask for; without keys when they ask for none. */
export function editOf(options: LabelOptions): DeviceEdit {
  const { type, carried, importance, window, probe } = options;
  const groups = setEdit(options.group, options.ungroup);
  const tags = setEdit(options.tag, options.untag);
  return {
    ...textsOf(options),
    ...(type !== undefined && { type: type === 'none' ? null : type }),
    ...(carried !== undefined && { carried: CARRIED[carried] }),
    ...(groups && { groups }),
    ...(tags && { tags }),
    ...(importance !== undefined && { importance }),
    ...(window !== undefined && { window: window === 'usual' ? null : window }),
    ...(probe !== undefined && PROBE[probe]),
  };
}

/** An empty text takes away what was said. */
function textsOf({ name, owner, note }: LabelOptions): Pick<DeviceEdit, 'name' | 'owner' | 'note'> {
  return {
    ...(name !== undefined && { name: name || null }),
    ...(owner !== undefined && { owner: owner || null }),
    ...(note !== undefined && { note: note || null }),
  };
}

function setEdit(add: readonly string[], drop: readonly string[]): { add?: string[]; drop?: string[] } | undefined {
  if (add.length + drop.length === 0) return undefined;
  return { ...(add.length > 0 && { add: [...add] }), ...(drop.length > 0 && { drop: [...drop] }) };
}
