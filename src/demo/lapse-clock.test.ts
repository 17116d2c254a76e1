import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Drive, LapseClock } from './lapse-clock.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 28, 12);

interface Timer {
  readonly due: number;
  readonly call: () => void;
}

/** A machine whose time stands still until it is moved. */
class Machine implements Drive {
  wall = NOW;
  steady = 500;
  readonly timers = new Set<Timer>();

  now(): number {
    return this.wall;
  }
  monotonic(): number {
    return this.steady;
  }
  after(length: number, call: () => void): () => void {
    const timer = { due: this.steady + length, call };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }
  async settled(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await nextTurn();
  }
  pass(length: number): void {
    this.wall += length;
    this.steady += length;
    for (const timer of this.timers) if (timer.due <= this.steady) timer.call();
  }
}

const forever = new AbortController().signal;

describe('the clock of a demo', () => {
  test('runs through the past from sleeper to sleeper, in the order in which they are due', async () => {
    const machine = new Machine();
    const clock = new LapseClock(NOW - 24 * HOUR, machine);
    const woken: [string, number][] = [];
    const sleeper = async (name: string, every: number): Promise<void> => {
      while (!clock.isLive) {
        await clock.sleep(every);
        if (!clock.isLive) woken.push([name, (clock.now() - NOW) / HOUR]);
      }
    };
    void sleeper('slow', 10 * HOUR);
    void sleeper('quick', 8 * HOUR);
    await clock.lapse(forever);
    assert.deepEqual(woken, [
      ['quick', -16],
      ['slow', -14],
      ['quick', -8],
      ['slow', -4],
      ['quick', 0],
    ]);
  });

  test('is the clock of the machine from then on, and its steady time never runs backwards', async () => {
    const machine = new Machine();
    const clock = new LapseClock(NOW - 5 * HOUR, machine);
    const before = clock.monotonic();
    void clock.sleep(2 * HOUR);
    await clock.lapse(forever);
    assert.equal(clock.isLive, true);
    assert.equal(clock.now(), NOW);
    assert.equal(clock.monotonic() - before, 5 * HOUR, 'steady time went on as wall time did');
    machine.pass(1234);
    assert.equal(clock.now(), NOW + 1234);
    assert.equal(clock.monotonic() - before, 5 * HOUR + 1234);
  });

  test('wakes in real time whoever slept over the end of the past', async () => {
    const machine = new Machine();
    const clock = new LapseClock(NOW - HOUR, machine);
    let awake = false;
    void clock.sleep(HOUR + 5000).then(() => {
      awake = true;
    });
    await clock.lapse(forever);
    machine.pass(4999);
    await nextTurn();
    assert.equal(awake, false);
    machine.pass(1);
    await nextTurn();
    assert.equal(awake, true);
    assert.equal(machine.timers.size, 0, 'no timer is left behind');
  });

  test('wakes nobody while something is written in real time', async () => {
    const machine = new Machine();
    const clock = new LapseClock(NOW - 3 * HOUR, machine);
    const order: string[] = [];
    const written = Promise.withResolvers<void>();
    void clock.sleep(HOUR).then(async () => {
      await clock.holding(written.promise);
      order.push('written');
    });
    void clock.sleep(2 * HOUR).then(() => order.push('next'));
    const over = clock.lapse(forever);
    for (let turn = 0; turn < 50; turn++) await nextTurn();
    assert.deepEqual(order, []);
    written.resolve();
    await over;
    assert.deepEqual(order, ['written', 'next']);
  });

  test('goes on when what it was held by failed', async () => {
    const clock = new LapseClock(NOW - HOUR, new Machine());
    const failed = clock.sleep(1000).then(() => clock.holding(Promise.reject(new Error('disk full'))));
    const [outcome] = await Promise.allSettled([failed, clock.lapse(forever)]);
    assert.equal(outcome.status, 'rejected');
    assert.equal(clock.isLive, true);
  });

  test('stops in the middle of the past when it is asked to', async () => {
    const clock = new LapseClock(NOW - 24 * HOUR, new Machine());
    const end = new AbortController();
    void (async () => {
      while (!end.signal.aborted) await clock.sleep(HOUR, end.signal);
    })();
    await clock.lapse(end.signal, (at) => {
      if (at >= NOW - 20 * HOUR) end.abort();
    });
    assert.equal(clock.isLive, false);
    assert.equal(clock.now(), NOW - 20 * HOUR);
  });

  test('ends a sleep early when its signal stops, in the past and live', async () => {
    const machine = new Machine();
    const clock = new LapseClock(NOW - HOUR, machine);
    const end = new AbortController();
    const asleep = clock.sleep(HOUR * 100, end.signal);
    end.abort();
    await asleep;
    await clock.lapse(forever);
    const second = new AbortController();
    const live = clock.sleep(HOUR, second.signal);
    second.abort();
    await live;
    assert.equal(machine.timers.size, 0);
    await clock.sleep(HOUR, second.signal);
  });
});
