import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, createAnswerReader, type Told } from './answers.ts';

const CARD = '02:00:5e:00:00:02';
const FOOT = 'Ending arp-scan 1.10.0: 256 hosts scanned in 1.9 seconds (134.0 hosts/sec). 2 responded\n';

/** What is told of these octets, which come in chunks of `size`. */
function read(text: string, size = 1 << 16): { answers: Answer[]; told: Told } {
  const answers: Answer[] = [];
  const reader = createAnswerReader((answer) => answers.push(answer));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  return { answers, told: reader.end() };
}

const answersIn = (text: string): string[] => read(text).answers.map(({ address, mac }) => `${address} ${mac}`);

test('answers are addresses with their cards, in canonical form, each pair once', () => {
  const text = `10.77.0.2\t${CARD.toUpperCase()}\n10.77.0.2\t${CARD}\n10.77.0.2\t02:00:5e:00:00:03\n`;
  assert.deepEqual(answersIn(text), [`10.77.0.2 ${CARD}`, '10.77.0.2 02:00:5e:00:00:03']);
});

test('the same is told however the octets are cut', () => {
  const text = `Interface: va\n10.77.0.2\t${CARD}\n10.77.0.3\t02:00:5e:00:00:03\n\n${FOOT}`;
  for (const size of [1, 2, 3, 7, 64]) assert.deepEqual(read(text, size), read(text));
});

test('the last line says how many were asked, and by which version', () => {
  assert.deepEqual(read(FOOT).told, { version: '1.10.0', asked: 256 });
  assert.deepEqual(read(`10.77.0.2\t${CARD}\n`).told, { version: null, asked: null });
});

test('R6: a last line without its end is nobody, and no last line', () => {
  assert.deepEqual(answersIn(`10.77.0.2\t${CARD}`), []);
  assert.deepEqual(read(FOOT.trimEnd()).told.asked, null);
});

test('S5: what is no answer is passed over: other text, more fields, octal addresses, cards of groups and of all', () => {
  const lines = [
    `010.77.0.3\t${CARD}`,
    `10.77.0.3\t${CARD}\t(Some Maker)`,
    `10.77.0.3 ${CARD}`,
    '10.77.0.3\t01:00:5e:00:00:01',
    '10.77.0.3\tff:ff:ff:ff:ff:ff',
    '10.77.0.3\tnonsense',
    ` ${FOOT.trimEnd()}`,
  ];
  const { answers, told } = read(`${lines.join('\n')}\n`);
  assert.deepEqual([answers, told.asked], [[], null]);
});

test('S4: a line without an end is no reason to keep it, and hides nobody after it', () => {
  const long = 'x'.repeat(5_000_000);
  assert.deepEqual(answersIn(`${long}\n10.77.0.2\t${CARD}\n`), [`10.77.0.2 ${CARD}`]);
  const { answers } = read(`10.77.0.2\t${CARD}${' '.repeat(600)}\n`, 64);
  assert.deepEqual(answers, [], 'longer than any line of arp-scan');
});

test('S7: more cards than fit into memory end the reading', () => {
  const reader = createAnswerReader(() => {});
  const line = (i: number): string => `10.77.0.2\t02:00:00:${(i + 0x1000000).toString(16).slice(1).match(/../g)?.join(':')}\n`;
  const flood = Array.from({ length: 200_001 }, (_, i) => line(i)).join('');
  assert.throws(() => reader.write(Buffer.from(flood)), /more than 200000 answers/);
});
