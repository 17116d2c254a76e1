import { Fault } from '../core/index.ts';
import type { Party } from '../inventory/index.ts';

/** The person or group of that name: spelled exactly so, else the only one that differs in nothing but case. */
export function partyNamed(parties: readonly Party[], name: string, what: 'group' | 'person'): Party {
  const fold = (text: string): string => text.normalize('NFC').toLowerCase();
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
