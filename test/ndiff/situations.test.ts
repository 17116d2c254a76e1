/** Everything that is special in Ndiff's behaviour, by name: ours is the same, byte for byte, in every mode. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Desk } from './desk.ts';
import { needsReference } from './needs-reference.ts';
import { runOurs } from './ours.ts';
import { MODES, type Mode, type Pair } from './pairs.ts';
import type { Ran } from './reference.ts';
import type { Situations } from './situations/documents.ts';
import { HEADERS, OUTSIDE_HOSTS } from './situations/header.ts';
import { IDENTITY, NAMELESS, STATES, SYSTEMS } from './situations/hosts.ts';
import { NOT_SHOWN, PORTS, SERVICES } from './situations/ports.ts';
import { MALFORMED, MISPLACED, WARNED, WELL_FORMED } from './situations/reading.ts';
import { MATCHING, OUTPUTS, SCRIPTS } from './situations/scripts.ts';

const GROUPS: Readonly<Record<string, Situations>> = {
  'what is XML all the same': WELL_FORMED,
  'complaints about missing attributes': WARNED,
  'the header': HEADERS,
  'scripts outside hosts': OUTSIDE_HOSTS,
  'who a host is': IDENTITY,
  'the state of a host': STATES,
  'operating systems': SYSTEMS,
  ports: PORTS,
  'ports not shown': NOT_SHOWN,
  services: SERVICES,
  scripts: SCRIPTS,
  'what scripts say': OUTPUTS,
  'the matcher': MATCHING,
};
/** Ndiff dies of most of them before it knows in which form to answer. */
const DEADLY: Readonly<Record<string, Situations>> = {
  'what is no XML': MALFORMED,
  'elements in the wrong place, values that are none': MISPLACED,
};
const BACKWARDS: readonly Mode[] = [[], ['-v', '--xml']];

describe('rollcall ndiff beside ndiff', needsReference(), () => {
  let desk: Desk;
  before(() => {
    desk = new Desk();
  });
  after(() => desk.close());

  /** Both ways round, the way back in fewer modes. */
  async function judge({ a, b }: Pair, modes: readonly Mode[]): Promise<void> {
    const faults = await desk.judge({ a, b }, modes);
    const back = a === b ? [] : await desk.judge({ a: b, b: a }, BACKWARDS);
    const all = [...faults, ...back.map((fault) => `the other way round: ${fault}`)];
    if (all.length > 0) assert.fail(all.join('\n'));
  }

  for (const [group, situations] of Object.entries(GROUPS))
    describe(group, () => {
      for (const [situation, pair] of Object.entries(situations)) test(situation, () => judge(pair, MODES));
    });

  for (const [group, situations] of Object.entries(DEADLY))
    describe(group, () => {
      for (const [situation, pair] of Object.entries(situations)) test(situation, () => judge(pair, BACKWARDS));
    });

  describe('hosts without address and name', () => {
    for (const [situation, pair] of Object.entries(NAMELESS))
      test(`${situation}: the same lines, in some order`, async () => {
        const paths = desk.lay(pair);
        for (const mode of MODES) {
          const job = { argv: [...mode, ...paths] };
          const [theirs, ours] = await Promise.all([desk.reference.run(job), runOurs(job)]);
          assert.deepEqual([ours.code, linesOf(ours)], [theirs.code, linesOf(theirs)], mode.join(' '));
        }
      });
  });
});

/** Sorted: by them one can tell that nothing is missing. */
const linesOf = ({ stdout }: Ran): string[] => stdout.toString().split('\n').sort();
