import { hostNames } from './host-names.ts';
import type { Lookup } from './lookup.ts';
import { reverseName } from './reverse-name.ts';
import type { Source } from './source.ts';

/** The name server's word on an address. */
export function createServerSource(lookup: Lookup): Source {
  return {
    name: 'dns',
    holds: true,
    suits: ({ address }) => reverseName(address) !== undefined,
    ask: async ({ address }) => {
      const texts = await lookup.ask('PTR', reverseName(address) as string);
      return texts && { names: hostNames(texts, 'dns'), clues: [] };
    },
  };
}
