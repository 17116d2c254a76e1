import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tellStory } from '../story/story.ts';
import { thing } from '../story/thing.ts';
import type { Saying, Word } from '../story/word.ts';
import { placeOf, World } from '../world/world.ts';
import { HAPPENINGS, happen, liven, type Stage } from './happen.ts';
import { tellMonth } from './tell-month.ts';

const NOW = Date.UTC(2026, 10, 28, 12);

interface Scene extends Stage {
  /** "sweep 10.20.30.0/24": looks that were ordered. */
  readonly looks: string[];
}

function scene(seed = 'one'): Scene {
  const looks: string[] = [];
  const startScan = async ({ plan, targets }: { plan: string; targets: readonly string[] }) => {
    looks.push(`${plan} ${targets.join(' ')}`);
    return { done: Promise.resolve() };
  };
  return {
    world: new World(tellStory({ seed, now: NOW, logs: '/tmp' }).things),
    hearer: { startScan },
    seed,
    count: { strangers: 0 },
    looks,
  };
}

describe('what happens in a demo', () => {
  test('can always happen, however often', async () => {
    const stage = scene();
    for (const what of [...HAPPENINGS, ...HAPPENINGS.toReversed()]) await happen(what, stage);
  });

  test('brings another stranger each time, the same ones for the same seed', async () => {
    const [one, two, other] = [scene(), scene(), scene('two')];
    const cards = async (stage: Scene): Promise<(string | null)[]> => {
      const seen: (string | null)[] = [];
      for (let nth = 0; nth < 5; nth++) {
        await happen('stranger', stage);
        seen.push(stage.world.thing('stranger').mac);
      }
      return seen;
    };
    const first = await cards(one);
    assert.equal(new Set(first).size, 5);
    assert.deepEqual(await cards(two), first);
    assert.notDeepEqual(await cards(other), first);
    assert.match(placeOf(one.world.thing('stranger')), /^192\.168\.77\.1\d\d$/);
  });

  test('opens a port and closes it again, and has it looked at', async () => {
    const stage = scene();
    await happen('port-opens', stage);
    assert.ok(stage.world.thing('nas').serves.has('tcp/4444'));
    await happen('port-closes', stage);
    assert.ok(!stage.world.thing('nas').serves.has('tcp/4444'));
    assert.deepEqual(stage.looks, ['ports 192.168.77.10', 'ports 192.168.77.10']);
  });

  test('mends whatever was cut or hushed', async () => {
    const { world, ...rest } = scene();
    await happen('cut', { world, ...rest });
    await happen('outage', { world, ...rest });
    assert.deepEqual([world.stateOf('yard'), world.stateOf('desks')], ['cut', 'hushed']);
    await happen('restore', { world, ...rest });
    assert.deepEqual([world.stateOf('yard'), world.stateOf('desks')], ['well', 'well']);
  });

  test('goes on by itself, also when somebody refuses to look, until it is stopped', async () => {
    const stage = scene();
    const refusing: Stage = {
      ...stage,
      hearer: {
        startScan: async () => {
          throw new Error('busy');
        },
      },
    };
    const end = new AbortController();
    const refused: string[] = [];
    let slept = 0;
    const clock = {
      now: () => NOW,
      monotonic: () => 0,
      sleep: async () => {
        slept++;
        if (slept === 12) end.abort();
      },
    };
    await liven({ clock, stage: refusing, failed: (what) => refused.push(what) }, end.signal);
    assert.equal(slept, 12);
    assert.deepEqual(refused, ['scan', 'port-opens', 'cut', 'restore', 'outage', 'restore', 'port-closes']);
    assert.equal(stage.count.strangers, 1);
    assert.equal(stage.world.stateOf('desks'), 'well', 'no round leaves an outage behind');
  });
});

describe('what people of the story say', () => {
  const at = (hours: number, word: Word): Saying => ({ at: NOW + hours * 3_600_000, word });
  const sayings = [
    at(-3, { kind: 'watch', every: 60_000, ports: false }),
    at(-2, { kind: 'acknowledge', by: 'dana' }),
    at(1, { kind: 'acknowledge', by: 'miro' }),
    at(2, { kind: 'labels' }),
  ];

  async function told(stopAfter = Number.POSITIVE_INFINITY): Promise<string[]> {
    const said: string[] = [];
    const end = new AbortController();
    let now = NOW;
    const clock = {
      now: () => now,
      monotonic: () => now,
      sleep: async (length: number) => {
        now += length;
      },
    };
    const say = async (word: Word): Promise<void> => {
      said.push(`${word.kind} ${(now - NOW) / 3_600_000}`);
      if (said.length >= stopAfter) end.abort();
    };
    await tellMonth(sayings, { clock, say }, end.signal);
    return said;
  }

  test('is said at its time; of what was to be said before only what still holds, at once', async () => {
    assert.deepEqual(await told(), ['watch 0', 'acknowledge 1', 'labels 2']);
  });

  test('ends when the demo does', async () => {
    assert.deepEqual(await told(2), ['watch 0', 'acknowledge 1']);
  });

  test('is of things by their keys', () => {
    assert.equal(new World([thing('nas', ['home', 10])]).thing('nas').host, 10);
  });
});
