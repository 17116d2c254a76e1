import { createHash, timingSafeEqual } from 'node:crypto';

/** Makes so many bytes that nobody can guess. */
export type Dice = (bytes: number) => Uint8Array;

/** What a caller shows, and what is kept of it. */
export interface Secret {
  readonly shown: string;
  readonly digest: string;
}

/** What a secret is for: its first characters tell it to people, and to scanners of leaked secrets. */
export type Prefix = 'rcs_' | 'rct_' | 'rcl_';

export const SIGN_IN: Prefix = 'rcs_';
export const TOKEN: Prefix = 'rct_';
export const LINK: Prefix = 'rcl_';

/** 256 bits for sign-ins and tokens, 128 for what lives half an hour. */
export function newSecret(prefix: Prefix, dice: Dice): Secret {
  const bits = prefix === LINK ? 128 : 256;
  const shown = `${prefix}${Buffer.from(dice(bits / 8)).toString('base64url')}`;
  return { shown, digest: digestOf(shown) };
}

/** Of random text no slow hash is needed: nobody guesses 128 bits. */
export const digestOf = (shown: string): string => createHash('sha256').update(shown).digest('base64url');

/** Whether two digests are the same; takes as long for any. */
export function sameDigest(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
