import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { PLANS } from '../../src/core/index.ts';
import type { Job } from '../../src/probes/jobs.ts';
import { bodyOf, createFrameReader, FRAME, type Frame, frameBytes, textFrame } from '../../src/probes/runner/frames.ts';
import { jobText } from '../../src/probes/runner/job-text.ts';
import { createLan, type Lan } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { comesTrue } from '../probes/clocks.ts';
import { rangesOf } from '../probes/stub.ts';
import { type ConfinedRunner, childrenOf, memoryOf, startRunner } from './confined.ts';

type Facts = Extract<Job, { kind: 'nmap' }>['facts'];
const nmap = (targets: readonly string[], other: Partial<Facts> = {}, budget = 20_000): Job => {
  const facts = {
    plan: { ...PLANS.ports, ports: { kind: 'list', ports: [[22, 22]] } },
    family: 4,
    iface: 'lan0',
    privileged: true,
    local: false,
  } as const;
  return { kind: 'nmap', budget, facts: { ...facts, ranges: rangesOf(...targets), ...other } };
};

/** Somebody at the socket of the runner, who says what he likes. */
class Stranger {
  readonly frames: Frame[] = [];
  readonly #socket: Socket;

  constructor(runner: ConfinedRunner) {
    this.#socket = runner.connect();
    const reader = createFrameReader((frame) => this.frames.push(frame));
    this.#socket.on('data', (chunk: Buffer) => void reader.write(chunk));
    this.#socket.on('error', () => {});
  }

  say(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  order(number: number, job: unknown): void {
    this.say(textFrame(FRAME.job, number, job));
  }

  /** How a job ended, as the runner tells it. */
  async ends(number: number): Promise<{ code: number | null; signal: string | null; startFailure: string | null }> {
    const end = (): Frame | undefined => this.frames.find(({ kind, job }) => kind === FRAME.end && job === number);
    assert.ok(await comesTrue(() => end() !== undefined, 30_000), `job ${number} never ended`);
    return bodyOf(end() as Frame) as never;
  }

  pause = (): void => void this.#socket.pause();

  get isCutOff(): boolean {
    return this.#socket.destroyed;
  }

  async leave(): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = once(this.#socket, 'close');
    this.#socket.destroy();
    await closed;
  }
}

describe('S29: whoever speaks to the runner', needs('netns', 'python3', 'nmap', 'setpriv'), () => {
  let lan: Lan;
  let runner: ConfinedRunner;
  before(async () => {
    lan = await createLan({ hosts: 2 });
    runner = await startRunner({ before: ['ip', 'netns', 'exec', lan.probe.namespace] });
  });
  after(async () => {
    await runner?.stop();
    await lan?.stop();
  });

  /** The runner goes on doing what it may. */
  const isWell = async (): Promise<void> => {
    let honest = new Stranger(runner);
    // Those who have just left may not have been noticed to be gone.
    while (!(await comesTrue(() => honest.frames.length > 0 || honest.isCutOff, 10_000)) || honest.isCutOff) honest = new Stranger(runner);
    honest.order(1, jobText(nmap(['10.77.0.1'])));
    assert.deepEqual(await honest.ends(1), { code: 0, signal: null, startFailure: null });
    await honest.leave();
  };
  const memory = (): number => memoryOf(runner.pid);
  const children = (): readonly number[] => childrenOf(runner.pid);

  test('gets a reason for each order that is no job, or not allowed, and nothing is started', async () => {
    const stranger = new Stranger(runner);
    const text = jobText(nmap(['10.77.0.1'])) as { facts: object };
    const orders: readonly (readonly [unknown, RegExp])[] = [
      [['nmap', '-sS', '10.77.0.1'], /no kind of job/],
      [{ ...text, argv: ['--script', 'exploit'] }, /no member/],
      [{ ...text, facts: { ...text.facts, ranges: ['-iL', '/etc/shadow'] } }, /ranges/],
      [{ ...text, facts: { ...text.facts, iface: '-oN/etc/cron.d/x' } }, /iface/],
      [{ ...text, kind: 'sh' }, /no kind of job/],
      [{ kind: 'capture', facts: { iface: 'any' } }, /does not exist/],
      [jobText(nmap(['198.51.100.7'])), /neither private/],
      [jobText(nmap(['10.0.0.0/8'])), /more than 4096/],
    ];
    for (const [i, [order]] of orders.entries()) stranger.order(i + 1, order);
    stranger.say(frameBytes({ kind: FRAME.job, job: 100, body: Buffer.from('{"kind":"nmap","__proto__":{"a":1}}') }));
    stranger.say(frameBytes({ kind: FRAME.job, job: 101, body: Buffer.from('['.repeat(500_000)) }));
    stranger.say(frameBytes({ kind: FRAME.job, job: 102, body: Buffer.from('['.repeat(400_000) + ']'.repeat(400_000)) }));
    for (const [i, [, why]] of orders.entries()) assert.match((await stranger.ends(i + 1)).startFailure ?? '', why);
    for (const number of [100, 101, 102]) assert.ok((await stranger.ends(number)).startFailure);
    assert.deepEqual(children(), []);
    await stranger.leave();
    await isWell();
  });

  test('is cut off by garbage, by a number used twice, by 100 MB at once, and by a frame that does not end', async () => {
    const cases: readonly ((stranger: Stranger) => void)[] = [
      (stranger) => stranger.say(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')),
      (stranger) => stranger.say(frameBytes({ kind: FRAME.hello, job: 0, body: Buffer.alloc(0) })),
      (stranger) => {
        stranger.order(5, jobText(nmap(['10.77.0.1'])));
        stranger.order(5, jobText(nmap(['10.77.0.1'])));
      },
      (stranger) => {
        const header = Buffer.from([FRAME.job, 0, 0, 0, 1, 0x06, 0x40, 0, 0]);
        stranger.say(Buffer.concat([header, Buffer.alloc(100 * 1024 * 1024)]));
      },
      (stranger) => stranger.say(Buffer.from([FRAME.job, 0, 0])),
    ];
    const before = memory();
    const strangers = cases.map((act) => {
      const stranger = new Stranger(runner);
      act(stranger);
      return stranger;
    });
    assert.ok(await comesTrue(() => strangers.every(({ isCutOff }) => isCutOff), 20_000), `${strangers.map(({ isCutOff }) => isCutOff)}`);
    assert.ok(memory() < before + 40, `${before} MB became ${memory()}`);
    await isWell();
  });

  test('gets no more than so many programs, however many it asks for, and none of them outlives it', async () => {
    const stranger = new Stranger(runner);
    const slow = jobText(nmap(['10.77.0.1'], { plan: { ...PLANS.ports, ports: { kind: 'all' }, maxRate: 10 } }, 600_000));
    for (let number = 1; number <= 3000; number++) stranger.order(number, slow);
    const full = (): number =>
      stranger.frames.filter((frame) => frame.kind === FRAME.end && /too many/.test(JSON.stringify(bodyOf(frame)))).length;
    assert.ok(await comesTrue(() => full() >= 2936, 60_000), `${full()}`);
    assert.ok(children().length <= 64, `${children().length}`);
    await stranger.leave();
    assert.ok(await comesTrue(() => children().length === 0, 10_000), `${children().length} are left`);
    await isWell();
  });

  test('costs a bounded memory when it orders without end and never reads an answer', async () => {
    const before = memory();
    const stranger = new Stranger(runner);
    stranger.pause();
    const bytes = Buffer.concat(Array.from({ length: 2000 }, (_, i) => textFrame(FRAME.job, i + 1, { kind: 'x'.repeat(200) })));
    for (let round = 0; round < 100; round++) stranger.say(bytes);
    await pause(1500);
    assert.ok(memory() < before + 60, `${before} MB became ${memory()}`);
    await stranger.leave();
    await isWell();
  });

  test('cannot keep others out by opening connections: they are few, and whoever leaves makes room', async () => {
    const many = Array.from({ length: 40 }, () => new Stranger(runner));
    assert.ok(await comesTrue(() => many.filter(({ isCutOff }) => isCutOff).length === 32, 5000));
    await Promise.all(many.map((one) => one.leave()));
    await isWell();
  });

  test('may send only the signals that end a program or ask tcpdump for its count, and only to its own', async () => {
    const [one, other] = [new Stranger(runner), new Stranger(runner)];
    one.order(1, jobText(nmap(['10.77.0.1'], { plan: { ...PLANS.ports, ports: { kind: 'all' }, maxRate: 10 } }, 600_000)));
    assert.ok(await comesTrue(() => children().length === 1, 10_000));
    for (const name of ['SIGSTOP', 'SIGKILL; id', 9, null, { a: 1 }]) one.say(textFrame(FRAME.signal, 1, name));
    other.say(textFrame(FRAME.signal, 1, 'SIGKILL'));
    await pause(300);
    assert.equal(children().length, 1);
    one.say(textFrame(FRAME.signal, 1, 'SIGTERM'));
    const end = await one.ends(1);
    assert.equal(end.signal ?? end.code, 'SIGTERM');
    await Promise.all([one.leave(), other.leave()]);
  });
});
