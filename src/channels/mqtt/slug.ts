import { hash } from 'node:crypto';

const LONGEST = 40;

/** A name as letters a-z, digits and _; empty when nothing of it can be written so. */
export function slugOf(name: string): string {
  const plain = name
    .slice(0, 200)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_');
  return plain.slice(0, LONGEST).replaceAll(/^_+|_+$/g, '');
}

/** Whether it says itself, and cannot be two words joined. */
export const isPlain = (name: string): boolean => /^[a-z0-9]{1,40}$/.test(name);

/** One slug for each name, each its own. Whoever shares one with others, or has none, gets a mark that only depends on the name. */
export function slugsOf(names: readonly string[]): ReadonlyMap<string, string> {
  const wishes = [...Map.groupBy(new Set(names), slugOf)].flatMap(([slug, alike]) =>
    alike.map((name) => ({ name, slug, marked: slug === '' || (alike.length > 1 && name !== slug) })),
  );
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  // Those without a mark first: somebody may be called as another one is marked.
  for (const { name, slug, marked } of wishes.sort((a, b) => Number(a.marked) - Number(b.marked))) {
    let own = marked ? withMark(slug, name) : slug;
    while (taken.has(own)) own = withMark(own.slice(0, LONGEST), own + name);
    taken.add(own);
    slugs.set(name, own);
  }
  return slugs;
}

const withMark = (slug: string, name: string): string => `${slug}${slug === '' ? '' : '_'}x${hash('sha256', name).slice(0, 8)}`;
