import type { ComparedSide, ComparisonItem } from '../../core/index.ts';
import { counted } from '../printers/scan-text.ts';
import { localTime } from '../terminal/moment.ts';

export type Sum = Extract<ComparisonItem, { kind: 'sum' }>;

/** "3 devices differ (1 new, 1 gone), 57 same, 2 unknown", or that there are no differences. */
export function sumText({ same, different, unknown, kinds, ignored }: Sum): string {
  const standing = [
    [kinds['device.appeared'], 'new'],
    [kinds['device.left'], 'gone'],
    [kinds['device.returned'], 'back'],
  ] as const;
  const whole = standing.flatMap(([count = 0, word]) => (count > 0 ? [`${count} ${word}`] : []));
  const differ = `${counted(different, 'device')} ${different === 1 ? 'differs' : 'differ'}`;
  return [
    different === 0 ? 'no differences' : whole.length > 0 ? `${differ} (${whole.join(', ')})` : differ,
    `${same} same`,
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(ignored > 0 ? [`${counted(ignored, 'difference')} ignored`] : []),
  ].join(', ');
}

/** When a side was so, and how many devices it has: "2026-11-21 03:00:05, 60 devices". */
export function sideText({ source, at, devices }: ComparedSide): string {
  // The title of a moment says when.
  const when = at === null || source === 'moment' ? [] : [localTime(Date.parse(at))];
  return [...when, counted(devices, 'device')].join(', ');
}

/** What the reader should know of a side before believing it: why it is not whole, and its warnings. */
export const cautions = ({ partial, warnings }: ComparedSide): string[] => [
  ...(partial === null ? [] : [`not whole: ${partial}`]),
  ...warnings,
];
