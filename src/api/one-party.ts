import { Fault } from '../core/index.ts';
import type { Party } from '../inventory/index.ts';

const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/** The person or group of that name: spelled exactly so, else the only one that differs in nothing but case. */
export function partyNamed(parties: readonly Party[], name: string, what: 'group' | 'person'): Party {
  const exact = parties.find((party) => party.name === name.normalize('NFC'));
  const alike = parties.filter((party) => fold(party.name) === fold(name));
  const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
  if (found) return found;
  const shown = JSON.stringify(name.slice(0, 80));
  if (alike.length > 1)
    throw new Fault(
      'bad-input',
      `finding ${what} ${shown}: ${alike.length} are called nearly so`,
      `write one of ${alike.map((one) => one.name).join(', ')}`,
    );
  throw new Fault('not-found', `finding ${what} ${shown}: there is none`, `list them with "rollcall ${what}"`);
}

export interface Renaming {
  readonly what: 'group' | 'person';
  readonly name: string;
  /** Whether it may become one with another. */
  readonly into: boolean;
}

/** Fault conflict when another is called so already: two that become one by a slip cannot be told apart again. */
export function mayBeCalled(parties: readonly Party[], renamed: Party, { what, name, into }: Renaming): void {
  const other = parties.find((party) => party.name !== renamed.name && fold(party.name) === fold(name));
  if (!other || into) return;
  const [from, to] = [renamed.name, other.name].map((one) => JSON.stringify(one));
  throw new Fault(
    'conflict',
    `renaming ${what} ${from}: there is a ${what} ${to} already`,
    `choose another name, or make them one with --into (over HTTP "into": true)`,
  );
}
