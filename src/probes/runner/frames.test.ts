import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bodyOf, createFrameReader, FRAME, type Frame, frameBytes, textFrame } from './frames.ts';

const frames = fc.array(
  fc.record(
    { kind: fc.constantFrom(...Object.values(FRAME)), job: fc.nat(0xffffffff), body: fc.uint8Array({ maxLength: 300 }) },
    { noNullPrototype: true },
  ),
  { maxLength: 8 },
);

test('however a stream is cut, the same frames come out of it', () => {
  fc.assert(
    fc.property(frames, fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(frameBytes));
      const got: Frame[] = [];
      const reader = createFrameReader((frame) => got.push({ ...frame, body: new Uint8Array(frame.body) }));
      for (let at = 0; at < bytes.length; ) {
        const cut = cuts.next().value as number;
        assert.ok(reader.write(bytes.subarray(at, at + cut)));
        at += cut;
      }
      assert.deepEqual(got, sent);
      assert.equal(reader.halfway, false);
    }),
  );
});

test('S29: a kind nobody knows, or a length past the limit, ends the reading before a byte of it is kept', () => {
  const long = Buffer.alloc(9);
  long.writeUInt8(FRAME.job, 0);
  long.writeUInt32BE(100 * 1024 * 1024, 5);
  for (const bytes of [long, Buffer.from([0, 0, 0, 0, 1, 0, 0, 0, 0]), Buffer.from([99, 0, 0, 0, 1, 0, 0, 0, 0])])
    assert.equal(createFrameReader(() => assert.fail()).write(bytes), false);
});

test('S29: random bytes never make the reader throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => typeof createFrameReader(() => {}).write(bytes) === 'boolean'));
});

test('a body that is no JSON, or no UTF-8, is undefined', () => {
  const frame = (body: Uint8Array): Frame => ({ kind: FRAME.job, job: 1, body });
  assert.equal(bodyOf(frame(Buffer.from('{"a":'))), undefined);
  assert.equal(bodyOf(frame(Buffer.from([0x22, 0xff, 0x22]))), undefined);
  const [reader, seen] = [createFrameReader((each) => seen.push(bodyOf(each))), [] as unknown[]];
  reader.write(textFrame(FRAME.end, 7, { code: 0 }));
  assert.deepEqual(seen, [{ code: 0 }]);
});
