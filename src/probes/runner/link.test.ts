import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { comesTrue, fastClock } from '../../../test/probes/clocks.ts';
import type { Job } from '../jobs.ts';
import { bodyOf, createFrameReader, FRAME, type Frame, frameBytes, textFrame } from './frames.ts';
import { createRunnerLink } from './link.ts';

/** The other end of a link: what came, and what is said. */
class FakeRunner extends Duplex {
  readonly frames: Frame[] = [];
  readonly #reader = createFrameReader((frame) => this.frames.push(frame));

  override _read(): void {}
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.#reader.write(chunk);
    done();
  }
  greet(): void {
    this.push(textFrame(FRAME.hello, 0, {}));
  }
  say(kind: Frame['kind'], job: number, body: unknown): void {
    this.push(typeof body === 'string' ? frameBytes({ kind, job, body: Buffer.from(body) }) : textFrame(kind, job, body));
  }
  ordered = (): readonly number[] => this.frames.filter(({ kind }) => kind === FRAME.job).map(({ job }) => job);
}

const CAPTURE: Job = { kind: 'capture', facts: { iface: 'lan0' } };
const JOB: Job = { kind: 'echo', budget: 1000, facts: { iface: 'lan0', source: null } };

/** A link whose every connection is a new fake; time passes fifty times as fast. */
function linked() {
  const runners: FakeRunner[] = [];
  const turns: boolean[] = [];
  const open = (): FakeRunner => {
    const made = new FakeRunner();
    runners.push(made);
    return made;
  };
  const link = createRunnerLink({ open, name: '/run/x.sock', clock: fastClock(50), onTurn: (there) => turns.push(there) });
  const heard: string[] = [];
  const takers = {
    out: (chunk: Uint8Array) => void heard.push(`out ${Buffer.from(chunk)}`),
    err: (chunk: Uint8Array) => void heard.push(`err ${Buffer.from(chunk)}`),
  };
  return { link, runners, turns, heard, takers, last: () => runners.at(-1) as FakeRunner };
}

const orderOf = async (runner: FakeRunner, which = 0): Promise<number> => {
  assert.ok(await comesTrue(() => runner.ordered().length > which, 3000), 'nothing was ordered');
  return runner.ordered()[which] as number;
};

test('a job goes out once the runner is there; what it prints and how it ended comes back', async (t) => {
  const { link, last, heard, takers } = linked();
  t.after(() => link.close());
  assert.equal(link.expected(), false);
  last().greet();
  assert.ok(await link.ready(5000));
  const launched = link.launch(JOB)(takers);
  const number = await orderOf(last());
  assert.deepEqual(bodyOf(last().frames[0] as Frame), JOB);
  last().say(FRAME.out, number, 'one');
  last().say(FRAME.err, number, 'two');
  last().say(FRAME.out, number + 7, 'of nobody');
  last().say(FRAME.end, number, { code: 3, signal: null, startFailure: null });
  assert.deepEqual(await launched.end, { code: 3, signal: null, startFailure: null });
  assert.deepEqual(heard, ['out one', 'err two']);
});

test("several jobs at once do not get each other's words, and a signal goes to its own", async (t) => {
  const { link, last, takers } = linked();
  t.after(() => link.close());
  last().greet();
  const [one, other] = [link.launch(JOB)(takers), link.launch(CAPTURE)(takers)];
  const [first, second] = [await orderOf(last(), 0), await orderOf(last(), 1)];
  assert.notEqual(first, second);
  other.kill('SIGTERM');
  const signals = (): readonly Frame[] => last().frames.filter(({ kind }) => kind === FRAME.signal);
  assert.ok(await comesTrue(() => signals().length === 1, 3000));
  assert.deepEqual([signals()[0]?.job, bodyOf(signals()[0] as Frame)], [second, 'SIGTERM']);
  last().say(FRAME.end, second, { code: null, signal: 'SIGTERM', startFailure: null });
  last().say(FRAME.end, first, { code: 0, signal: null, startFailure: null });
  assert.deepEqual([(await one.end).code, (await other.end).signal], [0, 'SIGTERM']);
});

test('law 1: a runner that goes ends its jobs with a reason, and later ones go to the next', async (t) => {
  const { link, runners, turns, last, takers } = linked();
  t.after(() => link.close());
  last().greet();
  const launched = link.launch(JOB)(takers);
  await orderOf(last());
  last().destroy();
  assert.deepEqual(await launched.end, { code: null, signal: 'the death of the runner', startFailure: null });
  assert.ok(link.expected(), 'what it cannot do now is a failure, and not done without it');
  assert.ok(await comesTrue(() => runners.length > 1, 3000));
  const again = link.launch(JOB)(takers);
  last().greet();
  last().say(FRAME.end, await orderOf(last()), { code: 0, signal: null, startFailure: null });
  assert.equal((await again.end).code, 0);
  assert.deepEqual(turns, [true, false, true]);
});

test('without a runner a job fails with where it was looked for', async (t) => {
  const { link, last, turns, takers } = linked();
  t.after(() => link.close());
  last().greet();
  await link.ready(5000);
  last().destroy();
  assert.ok(await comesTrue(() => turns.length === 2, 3000));
  const { startFailure } = await link.launch(JOB)(takers).end;
  assert.equal(startFailure, 'the runner at /run/x.sock does not answer');
});

test('a job that was stopped before the runner was there is never ordered', async (t) => {
  const { link, last, takers } = linked();
  t.after(() => link.close());
  const launched = link.launch(JOB)(takers);
  launched.kill('SIGTERM');
  last().greet();
  assert.match((await launched.end).startFailure ?? '', /before it began/);
  assert.deepEqual(last().ordered(), []);
});

test('a runner that talks nonsense, or of an end that makes no sense, is not believed', async (t) => {
  const { link, runners, last, takers } = linked();
  t.after(() => link.close());
  last().greet();
  const launched = link.launch(JOB)(takers);
  last().say(FRAME.end, await orderOf(last()), { code: '0', signal: ['x'], startFailure: 5 });
  assert.deepEqual(await launched.end, { code: null, signal: null, startFailure: null }, 'no code 0, which would be success');
  const first = last();
  first.push(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'));
  assert.ok(await comesTrue(() => first.destroyed && runners.length > 1, 3000));
});
