import { type HostName, type NameSource, TEXT_CAP, untrusted } from '../../core/index.ts';

/** More names than these of one address are a joke or an attack. */
const NAMES_PER_ADDRESS = 8;

/** Names as a source gave them: cleaned, capped, each once, and not too many. */
export function hostNames(texts: readonly string[], source: NameSource): HostName[] {
  const clean = texts.map((text) => untrusted(text, TEXT_CAP.name).trim().replace(/\.$/, '')).filter((text) => text !== '');
  return [...new Set(clean)].slice(0, NAMES_PER_ADDRESS).map((name) => ({ name: untrusted(name), source }));
}
