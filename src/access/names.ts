import { bad, good, type Result, untrusted } from '../core/index.ts';

/** Of one alphabet: two names that look alike are alike. */
const NAME = /^[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?$/i;

/** What callers are called who are no user. */
const OURS: ReadonlySet<string> = new Set(['owner', 'local', 'nobody']);

export const LONGEST_NAME = 64;

/** Whether somebody may be called so; says why not. */
export function judgeName(name: string): Result<string> {
  if (OURS.has(keyOf(name))) return bad(`naming a user ${shown(name)}: Rollcall calls others so`, 'choose another name');
  if (NAME.test(name)) return good(name);
  return bad(
    `naming a user ${shown(name)}: it is no name here`,
    `use 1 to ${LONGEST_NAME} letters from a to z, digits and . _ - @, with a letter or digit at both ends`,
  );
}

/** Names are the same whatever their case. */
export const keyOf = (name: string): string => name.toLowerCase();

/** As typed, fit for a message. */
export const shown = (name: string): string => JSON.stringify(untrusted(name, LONGEST_NAME));

/** What somebody can be called whom an identity provider calls so: the nearest name nobody has yet. */
export function nearestName(wish: string, isTaken: (name: string) => boolean): string {
  const plain = wish
    .slice(0, 4 * LONGEST_NAME)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._@-]+/gi, '-')
    .slice(0, LONGEST_NAME - 8)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/gi, '');
  const stem = judgeName(plain).ok ? plain : 'user';
  for (let count = 1; ; count++) {
    const name = count === 1 ? stem : `${stem}-${count}`;
    if (!isTaken(name)) return name;
  }
}

const TOKEN_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@-]{0,62}[\p{L}\p{N}])?$/u;

/** Names of tokens are for people to read. */
export function judgeTokenName(name: string): Result<string> {
  const plain = untrusted(name, LONGEST_NAME + 1);
  if (plain === name && TOKEN_NAME.test(name)) return good(name);
  return bad(
    `naming a token ${shown(name)}: it is no name here`,
    `use 1 to ${LONGEST_NAME} letters, digits, spaces and . _ - @, with a letter or digit at both ends`,
  );
}
