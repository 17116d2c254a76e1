import { type Command, Option } from 'commander';
import { DEVICE_TYPES, IMPORTANCES, type Labels, type SetEdit } from '../core/index.ts';

/** What may be said of devices on the command line. */
export interface LabelOptions {
  readonly name?: string;
  readonly window?: string;
  readonly type?: NonNullable<Labels['type']> | 'unsaid';
  readonly owner?: string;
  readonly carried?: 'yes' | 'no' | 'auto';
  readonly group?: string[];
  readonly ungroup?: string[];
  readonly tag?: string[];
  readonly untag?: string[];
  readonly note?: string;
  readonly importance?: Labels['importance'];
  readonly probe?: 'yes' | 'no';
}

const collected = (value: string, before: string[] = []): string[] => [...before, value];

export function labelOptions(command: Command): Command {
  return command
    .option('--name <name>', 'call it so from now on; "" takes the name away again')
    .option('--window <length>', 'how long it may be missed before it counts as away, like 45m; "usual" takes it away again')
    .addOption(new Option('--type <type>', 'what it is; "unsaid" takes it away again').choices([...DEVICE_TYPES, 'unsaid']))
    .option('--owner <person>', 'whose it is; "" takes it away again')
    .addOption(new Option('--carried <how>', 'whether it says where its owner is').choices(['yes', 'no', 'auto']))
    .option('--group <group>', 'put it into a group; may be repeated', collected)
    .option('--ungroup <group>', 'take it out of a group; may be repeated', collected)
    .option('--tag <tag>', 'may be repeated', collected)
    .option('--untag <tag>', 'may be repeated', collected)
    .option('--note <text>', '"" takes it away again')
    .addOption(new Option('--importance <importance>', 'how much it matters').choices([...IMPORTANCES]))
    .addOption(new Option('--probe <how>', 'no: leave it in peace, only listen to it').choices(['yes', 'no']));
}

/** What the contract takes: fields that are not named stay. */
export interface LabelWords {
  name?: string | null;
  window?: string | null;
  type?: Labels['type'];
  owner?: string | null;
  carried?: boolean | null;
  groups?: { add?: string[]; drop?: string[] };
  tags?: { add?: string[]; drop?: string[] };
  note?: string | null;
  importance?: Labels['importance'];
  probed?: boolean;
}

/** The options as the contract takes them. */
export function labelEdit(options: LabelOptions): LabelWords {
  const { name, window, type, owner, carried, note, importance, probe } = options;
  const words: { [K in keyof LabelWords]: LabelWords[K] | undefined } = {
    name: name === '' ? null : name,
    window: window === 'usual' ? null : window,
    type: type === 'unsaid' ? null : type,
    owner: owner === '' ? null : owner,
    carried: carried && { yes: true, no: false, auto: null }[carried],
    groups: setWords(options.group, options.ungroup),
    tags: setWords(options.tag, options.untag),
    note: note === '' ? null : note,
    importance,
    probed: probe && probe === 'yes',
  };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}

function setWords(add?: string[], drop?: string[]): { [K in keyof SetEdit]?: string[] } | undefined {
  if (add === undefined && drop === undefined) return undefined;
  return { ...(add && { add }), ...(drop && { drop }) };
}
