import { type Permit, rangeHolds, type Serving } from '../../core/index.ts';
import { samePlace } from './verdict.ts';

/** About the same thing of a device: its being here, or one port. */
export function samePermitPlace(a: Permit, b: Permit): boolean {
  if (a.kind === 'service' && b.kind === 'service') return samePlace(a, b);
  return a.kind === 'presence' && b.kind === 'presence';
}

/** Whether what was permitted holds for what is to be, so that nothing new has to be said. */
export function permits(old: Permit, fresh: Permit): boolean {
  if (old.kind === 'service' && fresh.kind === 'service') return covers(old.serving, fresh.serving);
  return JSON.stringify(old) === JSON.stringify(fresh);
}

function covers(old: Serving, fresh: Serving): boolean {
  if (old.kind === 'anything' || JSON.stringify(old) === JSON.stringify(fresh)) return true;
  if (fresh.kind === 'exact') return old.kind === 'exact' ? sameText(old.text, fresh.text) : versionIn(old, fresh.text);
  return fresh.kind === 'product' && old.kind === 'product' && old.range === null && old.product === fresh.product;
}

/** Tables have in brackets what a service adds. */
const sameText = (old: string, fresh: string): boolean => fresh === old || fresh.startsWith(`${old} (`) || old.startsWith(`${fresh} (`);

function versionIn({ product, range }: Extract<Serving, { kind: 'product' }>, text: string): boolean {
  // A product alone says nothing against its versions; so a table has it.
  if (text === product) return true;
  if (!text.startsWith(`${product} `)) return false;
  return range === null || rangeHolds(range, text.slice(product.length + 1)) === true;
}
