import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPcapReader } from '../../src/probes/capture/pcap.ts';
import { readFrame } from '../../src/probes/capture/read-frame.ts';
import { pcapOf } from './frames.ts';
import { emptyTally, judgeMutant, mutantOf } from './mutants.ts';
import { originals } from './originals.ts';

/** Another one each run; a failure names it. */
const SEED = Date.now() % 2 ** 31;

test('the frames that are damaged are sound before', () => {
  for (const frame of originals()) assert.equal(typeof readFrame(frame), 'object', frame.toString('hex'));
});

test('S8: 200,000 damaged frames are read without a fall, each in bounded time, and nothing unclean is told', () => {
  const tally = emptyTally();
  for (let number = 0; number < 200_000; number++) {
    try {
      judgeMutant(SEED, number, tally);
    } catch (reason) {
      throw new Error(`mutant ${number} of seed ${SEED}; again by: node test/capture/mutate.ts --seed ${SEED} --only ${number}`, {
        cause: reason,
      });
    }
  }
  assert.ok(tally.slowest < 50, `a frame took ${tally.slowest} ms twice (seed ${SEED})`);
  // It must not be that all are refused at the door.
  assert.ok(tally.seen > 20_000 && tally.malformed > 20_000 && tally.passed > 5000, JSON.stringify(tally));
});

test('damaged capture streams are read to where they break', () => {
  let frames = 0;
  let broken = 0;
  for (let number = 0; number < 5000; number++) {
    const stream = pcapOf([mutantOf(SEED, number), mutantOf(SEED, number + 1), mutantOf(SEED, number + 2)]);
    stream[number % stream.length] = number & 255;
    const reader = createPcapReader((frame) => {
      frames++;
      assert.ok(frame.length <= 65_536);
      readFrame(frame);
    });
    const cut = number % 97;
    if (!reader.write(stream.subarray(0, cut)) || !reader.write(stream.subarray(cut))) broken++;
  }
  assert.ok(frames > 5000 && broken > 50, `${frames} frames, ${broken} broken streams`);
});
