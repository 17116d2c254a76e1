/** Drawn as nothing and never broken at; no reader takes what stands on both sides of it for one word. */
const JOINER = '\u2060';

/** The dot of a name that may be one of the internet; those of homes end in words that are none there, and stay as they are. */
const DOMAIN_DOT =
  /(?<=[\p{L}\p{N}])\.(?=\p{L}{2})(?!(?:lan|local|localdomain|localhost|home|internal|intranet|arpa|test|invalid|corp)(?![\p{L}\p{N}-]))/giu;

/** A URL that looks as before, but that no app makes a link of: what a device calls itself is not to be clicked. */
export const stillLinks = (text: string): string => text.replaceAll('://', `:${JOINER}//`).replaceAll(DOMAIN_DOT, `.${JOINER}`);

/** Also: nobody whose account has that name is called. */
export const still = (text: string): string => stillLinks(text).replaceAll(/@(?=[\p{L}\p{N}_#!])/gu, `@${JOINER}`);
