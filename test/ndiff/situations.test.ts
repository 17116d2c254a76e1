/** Everything that is special in Ndiff's behaviour, by name: ours is the same, byte for byte, in every mode. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { Desk } from './desk.ts';
import { MODES } from './pairs.ts';
import type { Situations } from './situations/documents.ts';
import { HEADERS, OUTSIDE_HOSTS } from './situations/header.ts';
import { IDENTITY, STATES, SYSTEMS } from './situations/hosts.ts';
import { NOT_SHOWN, PORTS, SERVICES } from './situations/ports.ts';
import { MALFORMED, MISPLACED, WARNED, WELL_FORMED } from './situations/reading.ts';
import { MATCHING, OUTPUTS, SCRIPTS } from './situations/scripts.ts';

const GROUPS: Readonly<Record<string, Situations>> = {
  'what is no XML': MALFORMED,
  'what is XML all the same': WELL_FORMED,
  'elements in the wrong place, values that are none': MISPLACED,
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

describe('rollcall ndiff beside ndiff', needs('ndiff', 'python3'), () => {
  let desk: Desk;
  before(() => {
    desk = new Desk();
  });
  after(() => desk.close());

  for (const [group, situations] of Object.entries(GROUPS))
    describe(group, () => {
      for (const [situation, pair] of Object.entries(situations))
        test(situation, async () => {
          const faults = await desk.judge(pair, MODES);
          const backwards = await desk.judge({ a: pair.b, b: pair.a }, MODES);
          const all = [...faults, ...backwards.map((fault) => `the other way round: ${fault}`)];
          if (all.length > 0) assert.fail(all.join('\n'));
        });
    });
});
