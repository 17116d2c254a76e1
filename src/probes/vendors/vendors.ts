import { createRequire } from 'node:module';
import { isRandomizedMac, type Mac, type Untrusted, untrusted } from '../../core/index.ts';

/** Prefix in capital hex (6, 7 or 9 digits: 24, 28 or 36 bits) to name and address of the maker. */
type Registry = Readonly<Record<string, string>>;

let registry: Registry | undefined;

/** The IEEE registry is 5.6 MB of JSON: read only when somebody asks. */
function loaded(): Registry {
  registry ??= createRequire(import.meta.url)('oui-data') as Registry;
  return registry;
}

/** Who keeps the name secret, and the registrar itself: of a block that is shared out further, the rest is nobody's yet. */
const NOBODY: ReadonlySet<string> = new Set(['Private', 'IEEE Registration Authority']);

/**
 * Maker of the network card, by the longest registered prefix of its address. null for made-up (locally
 * administered) addresses, which nobody registered, and for unknown ones.
 */
export function vendorOf(mac: Mac): Untrusted | null {
  if (isRandomizedMac(mac)) return null;
  const digits = mac.replaceAll(':', '').toUpperCase();
  for (const length of [9, 7, 6]) {
    const entry = loaded()[digits.slice(0, length)];
    const name = entry?.split('\n')[0]?.trim();
    if (name) return NOBODY.has(name) ? null : untrusted(name);
  }
  return null;
}
