/** Habits of other tools. Taken for a bare word they would quietly fit nothing, or with a dash before them everything. */
const FOREIGN: readonly { readonly fits: RegExp; readonly reason: string; readonly remedy: string }[] = [
  {
    fits: /^-?[([{]+-?[a-z]+:/i,
    reason: 'there are no brackets',
    remedy: 'words side by side must all fit, commas mean or: group:iot,guests -tag:ok; quote a word that is meant as it stands',
  },
  { fits: /^--/, reason: 'it begins with two dashes', remedy: 'one dash means "not": -tag:ok; quote a word that is meant as it stands' },
  { fits: /^-?!/, reason: 'there is no "!"', remedy: 'a dash means "not": -tag:ok; quote a word that is meant as it stands' },
  {
    fits: /^-?(?:and|or|not|&&?|\|\|?)$/i,
    reason: 'words are not joined by words',
    remedy:
      'side by side they must all fit, commas mean or, a dash means not: group:iot,guests -tag:ok; quote a word that is meant as it stands',
  },
  {
    fits: /^-?[a-z]+[=~<>]/i,
    reason: 'a key ends with a colon',
    remedy: 'write it like group:iot or new:>1h; quote a word that is meant as it stands',
  },
];
const NO_KEY = { reason: 'what is before its colon is no key', remedy: 'write it like group:iot; quote a word that is meant as it stands' };

/** Why a word is not what it seems, and what to write instead; null for a word of ours. `bare`: it has no key, and is no MAC or address. */
export function foreignWord(raw: string, bare: boolean): { readonly reason: string; readonly remedy: string } | null {
  return FOREIGN.find(({ fits }) => fits.test(raw)) ?? (bare && /^[^"]*:/.test(raw) ? NO_KEY : null);
}
