import assert from 'node:assert/strict';
import type { SurveyedScan } from '../../../src/cli/ndiff/compare-scans.ts';
import type { Survey } from '../../../src/ndiff/index.ts';
import { assertWellFormed, type Printed, printed, scanOf, surveyOf, unlikeAny } from './as-ndiff.ts';
import type { Mutant } from './mutant.ts';
import { type Original, originals } from './originals.ts';
import type { Tally } from './tally.ts';

const scans = new Map(originals.map(({ name, bytes }) => [name, scanOf(bytes, surveyOf([bytes]))]));

/**
 * Reads the mutant as `rollcall ndiff` does and compares it with what it was before, or with itself where that was no
 * scan either. It may be refused, nothing else; and neither how it was cut nor what was passed over may show.
 */
export async function judgeNdiff(mutant: Mutant, tally: Tally): Promise<void> {
  const survey = surveyOf(mutant.chunks);
  if (mutant.number % 10 === 0) assert.deepEqual(surveyOf([mutant.bytes]), survey, 'in one piece it is read otherwise');
  const scan = scanOf(mutant.bytes, survey);
  if (scan === null) {
    assertRefusal(survey, mutant.bytes);
    tally.refused++;
    return;
  }
  tally.read++;
  assertPlaces(scan, mutant.bytes.length);
  await judgePair(mutant, scan, tally);
}

function assertRefusal(survey: Survey, bytes: Buffer): void {
  if (survey.ok) return;
  const { message, offset, line, column } = survey.fault;
  assert.match(message, /^\P{Lu}/u);
  assert.ok(offset >= 0 && offset <= bytes.length && line >= 1 && column >= 1, `the fault is said to be at ${offset}, ${line}:${column}`);
}

/** Hosts stand behind each other, inside the document. */
function assertPlaces({ hosts }: SurveyedScan, length: number): void {
  let end = 0;
  for (const [row, offset] of hosts.offsets.entries()) {
    assert.ok(offset >= end, `host ${row} is said to begin before the one before it ends`);
    end = offset + (hosts.lengths[row] as number);
  }
  assert.ok(end <= length, 'the last host is said to end after the document');
}

async function judgePair({ number, original }: Mutant, scan: SurveyedScan, tally: Tally): Promise<void> {
  const before = scanBefore(original) ?? scan;
  const [a, b] = number % 2 === 0 ? [scan, before] : [before, scan];
  const manner = { xml: number % 4 < 2, verbose: number % 8 < 4 };
  const told = await printed(a, b, manner);
  if (number % 9 === 0) assert.deepEqual(await printed(unlikeAny(a), b, manner), told, 'a host was passed over that differs');
  if (number % 11 === 0) assertSameCost(told, await printed(a, b, { ...manner, xml: !manner.xml }));
  if (told.cost === null) tally.unordered++;
  else if (manner.xml) assertWellFormed(told.text);
  if (told.cost !== 0) tally.different++;
}

/** Only where both could be told to the end: text has an order of ports that XML does not ask for. */
function assertSameCost(one: Printed, other: Printed): void {
  if (one.cost !== null && other.cost !== null) assert.equal(one.cost, other.cost, 'text and XML count differently');
}

const scanBefore = ({ name }: Original): SurveyedScan | null => scans.get(name) ?? null;
