import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../test/watch/manual-clock.ts';
import { type Errand, Lanes } from './lanes.ts';

/** Errands that end when a test says so, and write down when they begin, end and are dropped. */
function bench() {
  const faults: unknown[] = [];
  const story: string[] = [];
  const running = new Map<string, (fault?: Error) => void>();
  const lanes = new Lanes((fault) => void faults.push(fault));
  const errand = (key: string, more: Partial<Errand> = {}): Errand => ({
    key,
    work: () =>
      new Promise((resolve, reject) => {
        story.push(`${key} begins`);
        running.set(key, (fault) => (fault ? reject(fault) : resolve()));
      }),
    ...more,
  });
  const finish = async (key: string, fault?: Error): Promise<void> => {
    running.get(key)?.(fault);
    await settle();
  };
  return { lanes, faults, story, errand, finish };
}

test('within a lane one job runs at a time, in the order they came', async () => {
  const { lanes, story, errand, finish } = bench();
  for (const key of ['a', 'b', 'c']) assert.equal(lanes.enter('eth0', errand(key)), true);
  await settle();
  assert.deepEqual(story, ['a begins']);
  await finish('a');
  await finish('b');
  assert.deepEqual(story, ['a begins', 'b begins', 'c begins']);
});

test('lanes do not wait for each other, and a lane that ran dry can be entered again', async () => {
  const { lanes, story, errand, finish } = bench();
  lanes.enter('eth0', errand('a'));
  lanes.enter('eth1', errand('b'));
  await settle();
  await finish('a');
  lanes.enter('eth0', errand('c'));
  await settle();
  assert.deepEqual(story, ['a begins', 'b begins', 'c begins']);
});

test('R14: of each key one may run and one wait', async () => {
  const { lanes, story, errand, finish } = bench();
  lanes.enter('eth0', errand('a'));
  await settle();
  assert.deepEqual([lanes.enter('eth0', errand('a')), lanes.enter('eth0', errand('a'))], [true, false]);
  await finish('a');
  assert.equal(lanes.enter('eth0', errand('a')), true);
  assert.deepEqual(story, ['a begins', 'a begins']);
});

test('whoever is always urgent puts off what is due by no more than eight turns', async () => {
  const { lanes, story, errand, finish } = bench();
  lanes.enter('eth0', errand('urgent 0', { urgent: true }));
  lanes.enter('eth0', errand('nightly'));
  await settle();
  for (let i = 0; i < 20 && !story.includes('nightly begins'); i++) {
    lanes.enter('eth0', errand(`urgent ${i + 1}`, { urgent: true }));
    await finish(`urgent ${i}`);
  }
  assert.deepEqual(story.slice(-2), ['urgent 7 begins', 'nightly begins']);
});

test('what somebody waits for goes before what is due, and behind its like', async () => {
  const { lanes, story, errand, finish } = bench();
  for (const key of ['running', 'due', 'due too']) lanes.enter('eth0', errand(key));
  await settle();
  for (const key of ['first', 'second']) lanes.enter('eth0', errand(key, { urgent: true }));
  for (const key of ['running', 'first', 'second', 'due']) await finish(key);
  assert.deepEqual(story, ['running begins', 'first begins', 'second begins', 'due begins', 'due too begins']);
});

test('a job that throws is heard of, and does not close its lane', async () => {
  const { lanes, story, faults, errand, finish } = bench();
  lanes.enter('eth0', errand('a'));
  lanes.enter('eth0', errand('b'));
  await settle();
  await finish('a', new Error('broken'));
  assert.deepEqual([story, faults], [['a begins', 'b begins'], [new Error('broken')]]);
});

test('a job that enters its own lane waits for itself to end', async () => {
  const { lanes, story, errand, finish } = bench();
  const outer = errand('outer', {
    work: async () => {
      lanes.enter('eth0', errand('inner'));
      story.push('outer ends');
    },
  });
  lanes.enter('eth0', outer);
  await settle();
  assert.deepEqual(story, ['outer ends', 'inner begins']);
  await finish('inner');
});

test('closing drops what waits, lets what runs end, and lets nobody in', async () => {
  const { lanes, story, errand, finish } = bench();
  lanes.enter('eth0', errand('a'));
  lanes.enter('eth0', errand('b', { dropped: async () => void story.push('b is dropped') }));
  lanes.enter('eth1', errand('c'));
  await settle();
  let closed = false;
  const closing = lanes.close().then(() => (closed = true));
  await settle();
  assert.equal(lanes.enter('eth0', errand('late')), false);
  await finish('a');
  assert.equal(closed, false);
  await finish('c');
  await closing;
  assert.deepEqual(story, ['a begins', 'c begins', 'b is dropped']);
});

test('a job that waits can be dropped alone; one that runs cannot', async () => {
  const { lanes, story, errand, finish } = bench();
  const telling = (key: string): Errand => errand(key, { dropped: async () => void story.push(`${key} is dropped`) });
  for (const key of ['a', 'b', 'c']) lanes.enter('eth0', telling(key));
  await settle();
  await lanes.drop('a');
  await lanes.drop('b');
  await finish('a');
  assert.deepEqual(story, ['a begins', 'b is dropped', 'c begins']);
});
