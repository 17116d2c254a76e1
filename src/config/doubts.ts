import { nearest } from '../core/index.ts';
import type { Complaint } from './complaints.ts';
import type { LineOf, Path } from './lines.ts';
import type { FileContent } from './schema/file.ts';

/** Names that are looked at: to find the nearest of hundreds takes its time. */
const MOST = 100;

/**
 * Names of channels that the file does not have, but nearly: mistyped, or those of channels that people made elsewhere.
 */
export function doubtsIn(content: FileContent, lineOf: LineOf): readonly Complaint[] {
  const known = (content.channel ?? []).map(({ name }) => name);
  const strange = namesIn(content).filter(({ name }) => name !== '*' && !known.includes(name));
  return strange.slice(0, MOST).flatMap(({ name, path }): Complaint[] => {
    const guess = nearest(name, known);
    if (guess === undefined) return [];
    return [{ path, line: lineOf(path), reason: `the file has no channel "${name}"`, remedy: `did you mean "${guess}"?` }];
  });
}

function namesIn({ rule = [], channel = [] }: FileContent): { readonly name: string; readonly path: Path }[] {
  return [
    ...rule.flatMap(({ to = [], escalate }, index) => [
      ...to.map((name, at) => ({ name, path: ['rule', index, 'to', at] })),
      ...(escalate?.to ?? []).map((name, at) => ({ name, path: ['rule', index, 'escalate', 'to', at] })),
    ]),
    ...channel.flatMap(({ fallback }, index) =>
      typeof fallback === 'string' ? [{ name: fallback, path: ['channel', index, 'fallback'] }] : [],
    ),
  ];
}
