import type { RollcallClient } from '../../../../src/contract/index.ts';
import type { Row } from './row.ts';

export type DeviceEdit = Parameters<RollcallClient['devices']['editMany']>[0]['edit'];

/** What a form says of several devices. Empty text: it stays as it is; {@link TAKEN}: it is taken away. */
export interface BulkForm {
  readonly type: string;
  readonly owner: string;
  readonly importance: string;
  readonly note: string;
  readonly addGroups: string;
  readonly dropGroups: string;
  readonly addTags: string;
  readonly dropTags: string;
  /** "yes" or "no". */
  readonly probed: string;
  /** "yes", "no", or "usual". */
  readonly gentle: string;
}

export const NOTHING_SAID: BulkForm = {
  type: '',
  owner: '',
  importance: '',
  note: '',
  addGroups: '',
  dropGroups: '',
  addTags: '',
  dropTags: '',
  probed: '',
  gentle: '',
};

export const TAKEN = '\u0000taken';

const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

const SWITCHES: Readonly<Record<string, boolean | null>> = { yes: true, no: false, usual: null };

/** The edit that a form asks for: only what was said; null when nothing was. */
export function editOf(form: BulkForm): DeviceEdit | null {
  const edit = {
    ...textOf('type', form.type),
    ...textOf('owner', form.owner.trim()),
    ...textOf('note', form.note),
    ...(form.importance === '' ? {} : { importance: form.importance }),
    ...setOf('groups', form.addGroups, form.dropGroups),
    ...setOf('tags', form.addTags, form.dropTags),
    ...(form.probed === '' ? {} : { probed: SWITCHES[form.probed] }),
    ...(form.gentle === '' ? {} : { gentle: SWITCHES[form.gentle] }),
  } as DeviceEdit;
  return Object.keys(edit).length === 0 ? null : edit;
}

const textOf = (key: string, text: string): Record<string, string | null> => (text === '' ? {} : { [key]: text === TAKEN ? null : text });

function setOf(key: string, added: string, dropped: string): Record<string, { add?: string[]; drop?: string[] }> {
  const [add, drop] = [listOf(added), listOf(dropped)];
  if (add.length + drop.length === 0) return {};
  return { [key]: { ...(add.length > 0 ? { add } : {}), ...(drop.length > 0 ? { drop } : {}) } };
}

/** Most devices named in one question. */
const LOT = 1000;

export function lotsOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / LOT) }, (_, i) => all.slice(i * LOT, (i + 1) * LOT));
}

type Told = Pick<Row, 'id' | 'type' | 'owner' | 'groups' | 'tags' | 'importance' | 'probed'> & {
  readonly note: string | null;
  readonly gentle: boolean | null;
};

const SAID = ['type', 'owner', 'note', 'importance', 'groups', 'tags', 'probed', 'gentle'] as const satisfies readonly (keyof Told)[];

/** One field of one device, before and after, as text. */
export interface Differing {
  readonly field: (typeof SAID)[number];
  readonly before: string;
  readonly after: string;
}

const asText = (value: Told[Differing['field']]): string => (Array.isArray(value) ? value.join(', ') : value === null ? '' : String(value));

/** What an edit would change of a device. */
export function differing(before: Told, after: Told): Differing[] {
  return SAID.flatMap((field) => {
    const [was, is] = [asText(before[field]), asText(after[field])];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

/** What takes an edit back for one device: every field that the edit touched, as it was. */
export function backOf(before: Told, after: Told, typeSaid: boolean): DeviceEdit | null {
  const fields = differing(before, after).map(({ field }) => field);
  const edit = Object.fromEntries(
    fields.map((field) => {
      if (field === 'groups' || field === 'tags') return [field, setBack(before[field], after[field])];
      return [field, field === 'type' && !typeSaid ? null : before[field]];
    }),
  ) as DeviceEdit;
  return fields.length === 0 ? null : edit;
}

const setBack = (before: readonly string[], after: readonly string[]): { add: string[]; drop: string[] } => ({
  add: before.filter((one) => !after.includes(one)),
  drop: after.filter((one) => !before.includes(one)),
});
