/** Drawn as nothing and never broken at; no reader takes what stands on both sides of it for one word. */
const JOINER = '\u2060';

/** A URL that looks as before, but that no app makes a link of: what a device calls itself is not to be clicked. */
export const stillLinks = (text: string): string =>
  text.replaceAll('://', `:${JOINER}//`).replaceAll(/\bwww\./gi, (www) => `${www}${JOINER}`);

/** Also: nobody whose account has that name is called. */
export const still = (text: string): string => stillLinks(text).replaceAll(/@(?=[\p{L}\p{N}_#!])/gu, `@${JOINER}`);
