import { type Message, untrusted, untrustedLines } from '../../core/index.ts';

const SUBJECT = 200;
const TEXT = 65_536;

/** What a message says, without anything that is drawn as nothing or turns the direction of what follows. */
export interface Told {
  /** One line. */
  readonly subject: string;
  /** Without the subject; may be empty. */
  readonly text: string;
  /** Subject and text, for those who know no subjects; never empty. */
  readonly whole: string;
}

export function toldBy({ subject, text }: Pick<Message, 'subject' | 'text'>): Told {
  const line = untrusted(subject, SUBJECT).trim() || 'Rollcall';
  const words = untrustedLines(text, TEXT).replaceAll('\t', ' ').trim();
  // Many texts begin with their subject, as they are whole without it.
  const rest = words === line || words.startsWith(`${line}\n`) ? words.slice(line.length).trim() : words;
  return { subject: line, text: rest, whole: rest === '' ? line : `${line}\n${rest}` };
}
