import { type Change, formatDuration, type Json, type Scan } from '../core/index.ts';
import { OUTAGE_RULE } from '../inventory/index.ts';
import { textIn } from './vigil.ts';
import type { WhyStep } from './why-asked.ts';
import type { Made } from './why-evidence.ts';
import { beginningOf, momentIn, numberIn, scanStep, step, textsIn } from './why-steps.ts';
import type { Wired } from './wire.ts';

/** Why a segment counts as lost or as back: which looks, how many of how many, who, and by which rule. */
export async function segmentSteps(wired: Wired, { change, scan }: Made): Promise<readonly WhyStep[]> {
  if (change.kind === 'segment.lost') return [...(await firstLook(wired, change, scan)), ...lossSteps(change), lostRule(change)];
  const began = await beginningOf(wired, change, { kind: 'segment.lost', by: 'target' });
  const lost = began
    ? [step('belief', `it was lost with change ${began.seq}`, { at: began.at }), ...silentSteps(began)]
    : [step('lost', 'when it was lost is not kept any more')];
  return [...lost, ...endSteps(change, scan)];
}

/** How many are back; of one that came and went, that it does no more. */
function endSteps({ before, after }: Change, scan: Scan): WhyStep[] {
  const [lost, back, missing, held] = [before?.['lost'], after?.['back'], after?.['missing'], after?.['held']].map(numberIn);
  if (typeof held === 'number') return [step('coverage', `it fell silent ${held} times more, which was held back`), step('rule', SETTLED)];
  return [
    step('coverage', `${back} of the ${lost} that had fallen silent answered by then, ${missing} did not`, { at: scan.finishedAt }),
    step('rule', typeof after?.['givenUp'] === 'string' ? GIVEN_UP : RESTORED),
  ];
}

const SETTLED = 'the outages of a segment that comes and goes are held back until it has been whole for an hour';
const RESTORED = 'an outage is over when half of those who fell silent answer again';
const GIVEN_UP = `who keeps quiet for ${formatDuration(OUTAGE_RULE.givenUpAfter)} while others there answer is not lost with the segment, but gone`;

/** The look that missed them first. It is no change, so that it may have been folded into its run by now. */
async function firstLook({ outside }: Wired, { after }: Change, scan: Scan): Promise<WhyStep[]> {
  const since = momentIn(after?.['since']);
  if (since === null || since === scan.startedAt || scan.target === null) return [];
  const near = await outside.store.scans({ target: scan.target, plan: scan.plan, before: scan.id, limit: 20 });
  const first = near.find(({ startedAt }) => startedAt === since);
  if (!first) return [step('lost', 'the look that missed them first is not kept by itself any more', { at: since })];
  const { text, ...rest } = scanStep(first);
  return [step('scan', `the look that missed them first: ${text}`, rest)];
}

function lossSteps(change: Change): WhyStep[] {
  const { after } = change;
  const [lost, of, cadence] = [numberIn(after?.['lost']), numberIn(after?.['of']), numberIn(after?.['cadence'])];
  const often = cadence === null ? '' : `, looked for every ${formatDuration(cadence)}`;
  const known =
    momentIn(after?.['heardSince']) === null
      ? 'would have counted as away by this look'
      : 'usually answer, had answered the look before, and were silent in both looks';
  return [step('coverage', `${lost} of ${of} devices ${known}${often}`), gatewayStep(after), ...silentSteps(change)];
}

function gatewayStep(after: Change['after']): WhyStep {
  const gateways = textsIn(after?.['gateways']).join(' ');
  if (gateways === '') return step('coverage', 'no gateway of it is known, which could tell a dead link from dead devices');
  return step('coverage', `its gateway ${gateways} ${after?.['gatewayAnswers'] === true ? 'still answered' : 'was silent, too'}`);
}

/** Who fell silent, as far as it was noted. */
function silentSteps({ after }: Change): WhyStep[] {
  const lost = numberIn(after?.['lost']) ?? 0;
  const noted = [after?.['silent'] ?? []].flat().flatMap((one) => silentText(one) ?? []);
  if (noted.length === 0) return [step('lost', 'who fell silent was not noted')];
  return [step('belief', `silent were ${noted.join(', ')}${lost > noted.length ? `, and ${lost - noted.length} more` : ''}`)];
}

function silentText(one: Json): string | null {
  if (typeof one !== 'object' || one === null || !('id' in one)) return null;
  return `${textIn(one['name']) || textIn(one['address']) || 'unnamed'} (#${numberIn(one['id'])})`;
}

function lostRule({ after }: Change): WhyStep {
  const most = `more than half of them, and more than ${OUTAGE_RULE.few}`;
  const what =
    momentIn(after?.['heardSince']) === null
      ? `${most}, that would leave with one look are an outage and no departures`
      : `${most}, that are silent in two looks running are an outage and no departures`;
  return step(
    'rule',
    `${what}: nobody there leaves until half of them answer again, or for ${formatDuration(OUTAGE_RULE.givenUpAfter)} of silence while others there answer`,
  );
}
