import { type LabelEdit, orFault, type Result, type SetEdit } from '../core/index.ts';
import { readAlias, readLabelName, readNote } from './label-names.ts';

/** An edit with its texts as they are kept: trimmed, one spelling of each accent. Fault bad-input for what no label may be. */
export function cleanEdit(edit: LabelEdit): LabelEdit {
  const { alias, owner, note, groups, tags, ...rest } = edit;
  return {
    ...rest,
    ...(alias !== undefined && { alias: textOrNone(alias, readAlias) }),
    ...(owner !== undefined && { owner: textOrNone(owner, (text) => readLabelName('owner', text)) }),
    ...(note !== undefined && { note: textOrNone(note, readNote) }),
    ...(groups && { groups: cleanSet('group', groups) }),
    ...(tags && { tags: cleanSet('tag', tags) }),
  };
}

const textOrNone = (text: string | null, read: (text: string) => Result<string>): string | null =>
  text === null ? null : orFault(read(text));

/** Names that leave need not be good ones. */
const cleanSet = (what: 'group' | 'tag', { add = [], drop = [] }: SetEdit): SetEdit => ({
  add: add.map((name) => orFault(readLabelName(what, name))),
  drop,
});
