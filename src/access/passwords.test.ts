import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { CHEAP, fault, PASSWORD } from '../../test/make/access-stand.ts';
import { COST, Passwords } from './passwords.ts';
import { digestOf, LINK, newSecret, SIGN_IN, sameDigest, TOKEN } from './secrets.ts';
import { Turns } from './turns.ts';

const passwords = (cost = CHEAP as typeof COST) => new Passwords({ cost, dice: randomBytes });

test('a password is proved by a PHC string of argon2id, another one each time', async () => {
  const made = passwords();
  const [one, two] = [await made.hash(PASSWORD), await made.hash(PASSWORD)];
  assert.match(one, /^\$argon2id\$v=19\$m=8,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  assert.notEqual(one, two);
  assert.deepEqual(
    [await made.proves(PASSWORD, one), await made.proves(PASSWORD, two), await made.proves(`${PASSWORD}.`, one)],
    [true, true, false],
  );
});

test('it costs what is advised: 19 MiB, two passes, one lane', async () => {
  const proof = await passwords(COST).hash(PASSWORD);
  assert.match(proof, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.equal(await passwords().proves(PASSWORD, proof), true, 'whatever today’s cost is');
  assert.deepEqual([passwords().isOutdated(proof), passwords(COST).isOutdated(proof)], [true, false]);
});

test('what proves nothing, or is damaged, is never right and throws nothing', async () => {
  const made = passwords();
  const proof = await made.hash(PASSWORD);
  const damaged = [
    null,
    '',
    'plain',
    PASSWORD,
    proof.slice(0, -1),
    proof.replace('argon2id', 'argon2i'),
    proof.replace('m=8', 'm=9999999'),
    proof.replace('m=8', 'm=0'),
    proof.replace('t=1', 't=0'),
    proof.replace('t=1', 't=999'),
    proof.replace('p=1', 'p=99'),
    proof.replace('p=1', 'p=4'),
    `${proof}\n`,
    '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ];
  for (const one of damaged) assert.equal(await made.proves(PASSWORD, one), false, String(one));
  assert.ok(damaged.every((one) => one === null || !made.isOutdated(one) || one.includes('p=4')));
  for (const text of ['', '\0', 'x'.repeat(1_000_000)]) assert.equal(await made.proves(text, proof), false);
});

test('S18: two hundred at once take no more than two at a time, and the rest of the process goes on', async (t) => {
  const made = passwords({ memory: 19 * 1024, passes: 2, lanes: 1 });
  const before = process.memoryUsage().rss;
  let most = before;
  let ticks = 0;
  const timer = setInterval(() => {
    ticks++;
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  const settled = await Promise.allSettled(Array.from({ length: 200 }, () => made.proves(PASSWORD, null)));
  clearInterval(timer);
  const refused = settled.filter((one) => one.status === 'rejected');
  t.diagnostic(`${settled.length - refused.length} checked, ${((most - before) / 1024 / 1024).toFixed(0)} MiB more`);
  assert.equal(refused.length, 98);
  assert.ok(refused.every(({ reason }) => fault('unavailable', /others wait already/)(reason)));
  assert.ok(most - before < 300 * 1024 * 1024);
  assert.ok(ticks > 10, 'nobody else had to wait for it');
});

test('turns are taken in the order people came, also after one that failed', async () => {
  const turns = new Turns({ atOnce: 1, waiting: 3 });
  const done: string[] = [];
  const go = Promise.withResolvers<void>();
  const first = turns.take(async () => (await go.promise, done.push('first')));
  const second = turns.take(async () => {
    done.push('second');
    throw new Error('broken');
  });
  const third = turns.take(async () => done.push('third'));
  const fourth = turns.take(async () => done.push('fourth'));
  await assert.rejects(
    turns.take(async () => done.push('fifth')),
    fault('unavailable', /3 others/),
  );
  go.resolve();
  await assert.rejects(second, /broken/);
  await Promise.all([first, third, fourth]);
  await turns.take(async () => done.push('later'));
  assert.deepEqual(done, ['first', 'second', 'third', 'fourth', 'later']);
});

test('secrets say what they are, and are as long as nobody guesses', () => {
  for (const [prefix, bytes] of [
    [SIGN_IN, 32],
    [TOKEN, 32],
    [LINK, 16],
  ] as const) {
    const { shown, digest } = newSecret(prefix, randomBytes);
    assert.ok(shown.startsWith(prefix));
    assert.equal(Buffer.from(shown.slice(prefix.length), 'base64url').byteLength, bytes);
    assert.equal(digest, digestOf(shown));
    assert.ok(!digest.includes(shown.slice(4, 12)));
  }
  const many = new Set(Array.from({ length: 1000 }, () => newSecret(LINK, randomBytes).shown));
  assert.equal(many.size, 1000);
});

test('digests are the same or not, of whatever length', () => {
  assert.deepEqual(
    [sameDigest('abc', 'abc'), sameDigest('abc', 'abd'), sameDigest('abc', 'abcd'), sameDigest('', '')],
    [true, false, false, true],
  );
  assert.equal(sameDigest('ä', 'a'), false);
});
