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
  const rest = words === line || words.startsWith(`${line}\n`) ? words.slice(line.length).trim() : words;
  return { subject: line, text: rest, whole: rest === '' ? line : `${line}\n${rest}` };
}
