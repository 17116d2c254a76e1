import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, encode } from 'dns-packet';
import { type DnsQuestion, readAnswers, writeQuestion } from './dns-message.ts';
import { readStatus, writeStatusRequest } from './node-status.ts';

const ASKED: DnsQuestion = { id: 7, name: '5.0.77.10.in-addr.arpa', type: 'PTR', unicast: true };
const record: Answer = { name: ASKED.name, type: 'PTR', data: 'nas.local' };
const packetOf = (answers: Answer[], id = 7): Buffer => encode({ type: 'response', id, flags: 0x400, answers });

function statusOf(...entries: readonly (readonly [string, number, number])[]): Buffer {
  const body = entries.map(([name, kind, flags]) =>
    Buffer.concat([Buffer.from(name.padEnd(15), 'latin1'), Buffer.from([kind, flags >> 8, flags & 255])]),
  );
  const head = Buffer.alloc(11);
  head.writeUInt16BE(0x21, 0);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(1 + 18 * entries.length, 8);
  head[10] = entries.length;
  const request = writeStatusRequest(9);
  return Buffer.concat([Buffer.from([0, 9, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0]), request.subarray(12, 46), head, ...body]);
}
const STATUS = statusOf(['IS~NAS', 0, 0x400], ['NAS', 0x20, 0x400], ['NAS', 0, 0x400], ['HOME', 0, 0x8400]);

test('an answer is read when it is one: its id, its name, its kind', () => {
  assert.deepEqual(readAnswers(packetOf([record]), ASKED), ['nas.local']);
  assert.deepEqual(readAnswers(packetOf([]), ASKED), [], 'none is an answer');
  assert.equal(readAnswers(packetOf([record], 8), ASKED), null, 'the id of another question');
  assert.equal(readAnswers(writeQuestion(ASKED)!, ASKED), null, 'a question');
  const elsewhere: Answer = { ...record, name: '6.0.77.10.in-addr.arpa' };
  assert.deepEqual(readAnswers(packetOf([elsewhere, { ...record, type: 'CNAME' }]), ASKED), [], 'names of other hosts, other records');
  assert.deepEqual(readAnswers(packetOf([{ ...record, name: ASKED.name.toUpperCase() }]), ASKED), ['nas.local']);
});

test('S8: ten thousand answers, names without end, pointer loops and cut packets are no answers', () => {
  assert.equal(readAnswers(packetOf(Array.from({ length: 10_000 }, () => record)), ASKED), null);
  assert.equal(readAnswers(packetOf(Array.from({ length: 65 }, () => record)), ASKED), null);
  const long = packetOf([{ ...record, data: Array.from({ length: 30 }, () => 'ninechars').join('.') }]);
  assert.equal(readAnswers(long, ASKED), null, 'a name of 300 characters');
  const loop = Buffer.concat([packetOf([]).subarray(0, 12), Buffer.from([0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 0, 0, 0])]);
  loop[7] = 1;
  assert.equal(readAnswers(loop, ASKED), null);
  const whole = packetOf([record]);
  for (let length = 0; length < whole.length; length++) assert.equal(readAnswers(whole.subarray(0, length), ASKED), null);
});

test('a question asks for an answer to us alone, and a name that cannot be asked for is not', () => {
  assert.equal(writeQuestion(ASKED)?.subarray(-2).toString('hex'), '8001');
  assert.equal(
    writeQuestion({ ...ASKED, unicast: false })
      ?.subarray(-2)
      .toString('hex'),
    '0001',
  );
  for (const name of ['', 'a..b', `${'ä'.repeat(32)}.local`, 'a.'.repeat(200)]) assert.equal(writeQuestion({ ...ASKED, name }), null, name);
});

test('a node status gives the workstation and its group, not the web server', () => {
  assert.deepEqual(readStatus(STATUS, 9), { name: 'NAS', group: 'HOME' });
  assert.deepEqual(readStatus(statusOf(), 9), { name: null, group: null });
  assert.equal(readStatus(STATUS, 10), null, 'another transaction');
  for (let length = 0; length < STATUS.length; length++) assert.equal(readStatus(STATUS.subarray(0, length), 9), null, `${length} bytes`);
  const boastful = Buffer.from(STATUS);
  boastful[12 + 34 + 10] = 255;
  assert.equal(readStatus(boastful, 9), null, 'more names than bytes');
});

/** Dice with a seed, so that a failure comes again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function mutate(packet: Buffer, roll: (sides: number) => number): Buffer {
  const mutant = Buffer.from(packet);
  for (let slips = 1 + roll(4); slips > 0; slips--) {
    const at = roll(8) === 0 ? roll(mutant.length) : Math.min(mutant.length - 1, 4 + roll(mutant.length));
    mutant[at] = roll(3) === 0 ? 0xc0 | roll(64) : roll(256);
  }
  return roll(5) === 0 ? mutant.subarray(0, roll(mutant.length)) : mutant;
}

test('S8: 200,000 mutated packets are read or refused, none throws, and none takes long', () => {
  const seed = Date.now() >>> 0;
  const roll = dice(seed);
  const answers = packetOf([record, { ...record, data: 'deep.er.nas.local' }, { name: 'nas.local', type: 'A', data: '10.77.0.5' }]);
  const started = performance.now();
  let read = 0;
  let refused = 0;
  for (let count = 0; count < 100_000; count++) {
    const texts = readAnswers(mutate(answers, roll), ASKED);
    const status = readStatus(mutate(STATUS, roll), 9);
    for (const text of texts ?? []) assert.ok(text.length <= 255, `seed ${seed}, number ${count}`);
    assert.ok((status?.name?.length ?? 0) <= 15 && (status?.group?.length ?? 0) <= 15, `seed ${seed}, number ${count}`);
    for (const result of [texts, status])
      if (result === null) refused++;
      else read++;
  }
  assert.ok(read > 10_000 && refused > 10_000, `${read} read, ${refused} refused: the mutants test nothing`);
  assert.ok(performance.now() - started < 15_000);
});
