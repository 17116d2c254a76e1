import type { RollcallClient, RuleJson } from '../../contract/index.ts';

/** Neither case nor the way an accent is written tells names apart, as for whoever judges. */
const plain = (name: string): string => name.normalize('NFC').toLowerCase();

/** People and groups a rule names of whom nobody knows yet; they may come, or be misspelt. */
export async function unknownParties(client: RollcallClient, { who, home, away }: RuleJson): Promise<readonly string[]> {
  const named = [...new Set([...who, ...home, ...away])];
  if (named.length === 0) return [];
  const [people, groups] = await Promise.all([client.people.list({}), client.groups.list({})]);
  const known = new Set([...people.map(({ name }) => plain(name)), ...groups.map(({ name }) => plain(`group:${name}`))]);
  return named.filter((name) => !known.has(plain(name)));
}
