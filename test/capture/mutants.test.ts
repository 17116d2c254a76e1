import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPcapReader } from '../../src/probes/capture/pcap.ts';
import { readFrame } from '../../src/probes/capture/read-frame.ts';
import { mdns, pcapOf } from './frames.ts';
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

test('S8: the longest chains of pointers that a frame can hold, in each of many records, take no time to speak of', () => {
  const [records, pointers] = [30, 534];
  const start = 23;
  const chain = Buffer.alloc(pointers * 2);
  for (let i = 0; i < pointers; i++) chain.writeUInt16BE(0xc000 + (i === 0 ? 12 : start + (i - 1) * 2), i * 2);
  const head = Buffer.from(`00008400000000${(records + 1).toString(16)}00000000`, 'hex');
  const holder = Buffer.from(`00000a000100000078${(pointers * 2).toString(16).padStart(4, '0')}`, 'hex');
  const last = 0xc000 + start + (pointers - 1) * 2;
  const record = Buffer.from(`${last.toString(16)}000a0001000000780000`, 'hex');
  const payload = Buffer.concat([head, holder, chain, ...Array.from({ length: records }, () => record)]);
  const frame = mdns('f0:18:98:00:00:01', '10.77.0.9', payload);
  assert.ok(frame.length <= 1514 && typeof readFrame(frame) === 'object');
  const times = Array.from({ length: 50 }, () => {
    const began = performance.now();
    readFrame(frame);
    return performance.now() - began;
  }).sort((a, b) => a - b);
  assert.ok((times[25] as number) < 5, `half of them took more than ${times[25]} ms`);
});
