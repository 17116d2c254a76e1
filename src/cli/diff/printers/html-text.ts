import { visible } from '../../terminal/visible.ts';
import type { Word } from '../words.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** Any text as the text of an element or the value of an attribute; what hides or turns the writing round is shown by its number. */
export const html = (text: string): string => visible(text).replace(/[&<>"'`]/g, (sign) => ESCAPES[sign] as string);

/** Foreign text, cut where mail programs would find a link in it. */
export const foreignHtml = (text: string): string => html(text).replace(/:\/\/|@|\.(?=\p{L})/gu, '<span>$&</span>');

export const htmlWords = (words: readonly Word[]): string =>
  words.map((word) => (typeof word === 'string' ? html(word) : foreignHtml(word.foreign))).join('');
