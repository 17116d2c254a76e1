import { bad, good, type Result } from '../core/index.ts';

/** Longest texts, in characters as people count them. */
export const LABEL_CAP = { alias: 255, name: 64, note: 4000 } as const;
/** Groups, and tags, that one device may have. */
export const MOST_NAMES = 64;

/** Draw nothing by themselves: an emoji without them is still that emoji, and no two names look the same by them. */
const JOINERS = /\u200d|\ufe0e|\ufe0f/g;
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;
const LINES_AND_TABS = /[\n\t]/g;

const length = (text: string): number => Array.from(text).length;

/** What a person calls a device: one line that can be seen. */
export function readAlias(text: string): Result<string> {
  return readLine('name', text, LABEL_CAP.alias);
}

/** The name of a person, group or tag: one that the filter language can say without quotes but for spaces. */
export function readLabelName(what: 'group' | 'owner' | 'tag', text: string): Result<string> {
  const name = readLine(what, text, LABEL_CAP.name);
  if (!name.ok) return name;
  if (name.value.startsWith('-')) return refused({ what, text, reason: 'it begins with a dash', remedy: 'begin it with something else' });
  if (/[:,"]/.test(name.value) || name.value === '*')
    return refused({ what, text, reason: 'filters have a meaning for what is in it', remedy: 'leave out : , " and a lone *' });
  return name;
}

/** What a person calls a way of looking at things. */
export const readViewName = (text: string): Result<string> => readLine('the name of a view', text, LABEL_CAP.name);

/** Several lines are fine in a note. */
export function readNote(text: string): Result<string> {
  const note = text.toWellFormed().normalize('NFC').trim();
  if (length(note) > LABEL_CAP.note) return tooLong('note', text, LABEL_CAP.note);
  if (UNSEEN.test(note.replace(JOINERS, '').replace(LINES_AND_TABS, ''))) return unseen('note', text);
  return note === '' ? refused({ what: 'note', text, reason: 'it is empty', remedy: 'to take it away, give none' }) : good(note);
}

function readLine(what: string, text: string, cap: number): Result<string> {
  const line = text.normalize('NFC').replace(JOINERS, '').trim();
  if (line === '') return refused({ what, text, reason: 'nothing of it can be seen', remedy: 'to take it away, give none' });
  if (length(line) > cap) return tooLong(what, text, cap);
  return UNSEEN.test(line) ? unseen(what, text) : good(line);
}

const tooLong = (what: string, text: string, cap: number): Result<never> =>
  refused({ what, text, reason: `it has ${length(text)} characters`, remedy: `write ${cap} at most` });
const unseen = (what: string, text: string): Result<never> =>
  refused({ what, text, reason: 'it holds characters that cannot be seen', remedy: 'type it anew' });

interface Refused {
  readonly what: string;
  readonly text: string;
  readonly reason: string;
  readonly remedy: string;
}

function refused({ what, text, reason, remedy }: Refused): Result<never> {
  const shown = JSON.stringify(text.slice(0, 80)).replace(new RegExp(UNSEEN, 'gu'), '\ufffd');
  return bad(`setting ${what} ${shown}: ${reason}`, remedy);
}
