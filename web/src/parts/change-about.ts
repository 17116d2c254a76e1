import type { ChangeJson } from '../../../src/contract/index.ts';
import { changeWords } from '../../../src/core/index.ts';
import { visible } from './visible.ts';

/** Signs of one value that are shown; "why?" has all of it. */
const LONGEST = 80;

const shorten = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** What is different, in the words of the daemon; moments in the viewer's zone. */
export const aboutOf = (change: ChangeJson, locale: string): string =>
  visible(changeWords(change, { time: (at) => new Date(at).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' }), shorten }));
