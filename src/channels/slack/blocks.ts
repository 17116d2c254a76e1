import type { JsonObject, Message } from '../../core/index.ts';
import { cutLine, cutText } from '../words/cut.ts';
import { toldBy } from '../words/told.ts';

/** What the blocks of Slack have room for, in UTF-16 units. */
const MOST = { header: 150, section: 3000, whole: 8500 } as const;

/**
 * A message as plain_text blocks: what stands in them is never read as mrkdwn, so a name can neither call a channel nor be a link.
 * `text` is what push notifications show; Slack reads that one.
 */
export function pageOf(message: Message): JsonObject {
  const { subject, text } = toldBy(message);
  const head = cutLine(subject, { most: MOST.header });
  const shown = cutText(text, { most: MOST.whole });
  return {
    text: escaped(head),
    blocks: [{ type: 'header', text: plain(head) }, ...pieces(shown).map((piece) => ({ type: 'section', text: plain(piece) }))],
    unfurl_links: false,
    unfurl_media: false,
    link_names: false,
  };
}

const plain = (text: string): JsonObject => ({ type: 'plain_text', text, emoji: false });

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Whole lines as far as they go into one section; longer lines are broken. */
function pieces(text: string): string[] {
  const made: string[] = [];
  for (const line of text.split('\n').flatMap(broken)) {
    const last = made.at(-1);
    if (last === undefined || last.length + 1 + line.length > MOST.section) made.push(line);
    else made[made.length - 1] = `${last}\n${line}`;
  }
  return made.filter((piece) => piece.trim() !== '');
}

/** Between characters, never within one. */
const broken = (line: string): string[] => line.match(new RegExp(`[^]{1,${MOST.section / 2}}`, 'gu')) ?? [''];
