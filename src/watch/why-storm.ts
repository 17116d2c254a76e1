import { type Change, formatDuration } from '../core/index.ts';
import { STORM_RULE } from '../inventory/index.ts';
import type { WhyStep } from './why-asked.ts';
import type { Made } from './why-evidence.ts';
import { beginningOf, momentIn, numberIn, step, textsIn } from './why-steps.ts';
import type { Wired } from './wire.ts';

const { few, atOnce, calm, releasedAnHour } = STORM_RULE;

/** Why strangers were held back, or are no more: how many came, how many may, and by which rule. */
export async function stormSteps(wired: Wired, { change, scan }: Made): Promise<readonly WhyStep[]> {
  const { before, after } = change;
  const number = (key: string): number => numberIn(after?.[key]) ?? 0;
  if (change.kind === 'storm.began') {
    const seen = `${number('strangers')} that nobody had ever seen, where ${number('present')} known devices are present; ${number('limit')} may come`;
    return [step('coverage', seen, { at: scan.finishedAt }), someStep(change), step('rule', LIMITS)];
  }
  const began = await beginningOf(wired, change, { kind: 'storm.began', by: 'where' });
  const at = began?.at ?? momentIn(before?.['began']) ?? numberIn(before?.['began']);
  return [
    step('belief', began ? `it began with change ${began.seq}` : 'it began', { at }),
    step('coverage', `${number('held')} strangers were held back, ${number('waiting')} of them still are`),
    step('rule', ENDS),
  ];
}

function someStep({ after }: Change): WhyStep {
  const some = textsIn(after?.['some']);
  if (some.length === 0) return step('lost', 'who they were was not noted');
  const more = (numberIn(after?.['strangers']) ?? 0) - some.length;
  return step('belief', `among them ${some.join(' ')}${more > 0 ? `, and ${more} more` : ''}`);
}

const LIMITS =
  `more than ${few.atOnce} strangers within ${formatDuration(atOnce)}, or more than half as many as are present where that is more, are too many at once; ` +
  `more than ${few.inHour} within an hour, or more than are present, are too many in an hour: they are held back until it is calm`;
const ENDS =
  `a storm is over when ${calm.looks} looks in ${formatDuration(calm.length)} saw no more strangers than may come; ` +
  `of those held back who stay, ${releasedAnHour} an hour are let through`;
