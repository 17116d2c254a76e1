import type { Difference, Json, JsonObject } from '../core/index.ts';

/** Scripts whose output is told as what it says of a service, by the part of its sides that says so. */
const SCRIPTS: ReadonlyMap<Json | undefined, string> = new Map([
  ['ssh-hostkey', 'sshKeys'],
  ['ssl-cert', 'certificate'],
  ['http-title', 'page'],
  ['http-server-header', 'page'],
]);

/** Without outputs of scripts where another difference of the same port tells just what they say. */
export function withoutRepeats(differences: readonly Difference[]): readonly Difference[] {
  const told = new Set(differences.filter(({ kind }) => kind !== 'script.changed').flatMap(partsOf));
  return told.size === 0 ? differences : differences.filter((difference) => !told.has(scriptPart(difference)));
}

function partsOf({ before, after }: Difference): string[] {
  const differs = (part: string): boolean => JSON.stringify(before?.[part]) !== JSON.stringify(after?.[part]);
  return ['sshKeys', 'certificate', 'page'].filter(differs).map((part) => `${portOf(after)} ${part}`);
}

function scriptPart({ kind, before, after }: Difference): string {
  const side = after ?? before;
  const part = kind === 'script.changed' ? SCRIPTS.get(side?.['id']) : undefined;
  return part === undefined ? '' : `${portOf((side?.['port'] ?? null) as JsonObject | null)} ${part}`;
}

const portOf = (side: JsonObject | null): string => JSON.stringify([side?.['protocol'], side?.['port']]);
