import type { Message } from '../../core/index.ts';

/** What a message says, as services want it. */
export interface Told {
  /** One line; never empty. */
  readonly subject: string;
  /** Without the subject; may be empty. */
  readonly text: string;
  /** Subject and text, for those who know no subjects. */
  readonly whole: string;
}

export function toldBy({ subject, text }: Pick<Message, 'subject' | 'text'>): Told {
  const line = subject.trim() || 'Rollcall';
  const words = text.replaceAll('\t', ' ').trim();
  // Many texts begin with their subject, as they are whole without it.
  const rest = words === line || words.startsWith(`${line}\n`) ? words.slice(line.length).trim() : withoutTitle(words, line);
  return { subject: line, text: rest, whole: rest === '' ? line : `${line}\n${rest}` };
}

/** A line of one change: when, and what. */
const CHANGE = /^(\d{4}-\d\d-\d\d \d\d:\d\d \S+) {2}(.*)$/gm;

/** Of a single change the title says what, and its line the same again: when, and the rest of it, is left. */
function withoutTitle(text: string, title: string): string {
  const [change, ...more] = text.matchAll(CHANGE);
  if (change === undefined || change.index !== 0 || more.length > 0) return text;
  const [whole, time = '', what = ''] = change;
  const said = title.replace(/^over: /, '');
  const rest = what.slice(said.length);
  if (!what.startsWith(said) || /^[\p{L}\p{N}_.-]/u.test(rest)) return text;
  return `${time}${rest.replace(/^, /, ': ')}${text.slice(whole.length)}`;
}
