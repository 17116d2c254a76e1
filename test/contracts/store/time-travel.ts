import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Fact, SpanDelta } from '../../../src/core/index.ts';
import type { Tell } from '../store.ts';
import { arrival, at, awaySince, MINUTE, openPort, present, type Scene, SITE, START } from './scene.ts';

export function timeTravelStories(tell: Tell): void {
  tell('a device is there from its first scan on, and before it is not', async ({ store, commit }) => {
    await commit(START, arrival(1, START));
    assert.deepEqual(await store.devicesAt(SITE, START - 1), []);
    assert.equal((await store.devicesAt(SITE, START)).length, 1);
    assert.deepEqual(await store.devicesAt('cabin', START), []);
    assert.deepEqual(await store.devicesAt(SITE, START + MINUTE), (await store.load(SITE)).devices);
  });

  tell('at a past moment a device is as it was, its address, presence and last seen included', async ({ store, commit }) => {
    await commit(START, arrival(1, START));
    await commit(START + MINUTE, { sightings: [{ device: 1, address: '192.0.2.1' }] });
    const left = { device: 1, close: [{ kind: 'presence', key: '' }] as const, open: [awaySince(START + MINUTE)] };
    await commit(START + 46 * MINUTE, { spans: [left] });
    await commit(START + 90 * MINUTE, {
      spans: [
        {
          device: 1,
          close: [
            { kind: 'presence', key: '' },
            { kind: 'address', key: '192.0.2.1' },
          ],
          open: [present, at('192.0.2.50'), openPort(80)],
        },
      ],
      sightings: [{ device: 1, address: '192.0.2.50' }],
    });
    const view = async (moment: number) => {
      const [device] = await store.devicesAt(SITE, moment);
      return [device?.presence, device?.addresses[0]?.address, (device?.lastSeen ?? 0) - START, device?.ports.length];
    };
    assert.deepEqual(await view(START + 30_000), ['present', '192.0.2.1', 30_000, 0]);
    assert.deepEqual(await view(START + 60 * MINUTE), ['away', '192.0.2.1', MINUTE, 0]);
    assert.deepEqual(await view(START + 90 * MINUTE), ['present', '192.0.2.50', 90 * MINUTE, 1]);
    assert.deepEqual(await view(START + 999 * MINUTE), ['present', '192.0.2.50', 90 * MINUTE, 1]);
  });

  tell('R34: time in which nobody looked is told afterwards, as a span already over', async ({ store, commit }) => {
    const [stale, back] = [START + 60 * MINUTE, START + 480 * MINUTE];
    await commit(START, arrival(1, START));
    const past = [{ fact: { kind: 'presence', key: '', value: `unknown@${START}` }, from: stale, to: back } as const];
    const close = [{ kind: 'presence', key: '', at: stale } as const];
    await commit(back, { spans: [{ device: 1, close, past, open: [present] }], sightings: [{ device: 1, address: '192.0.2.1' }] });
    const presence = async (moment: number) => (await store.devicesAt(SITE, moment)).map(({ presence, lastSeen }) => [presence, lastSeen]);
    assert.deepEqual(await presence(stale - 1), [['present', stale - 1]]);
    assert.deepEqual(await presence(stale), [['unknown', START]]);
    assert.deepEqual(await presence(back - 1), [['unknown', START]]);
    assert.deepEqual(await presence(back), [['present', back]]);
    assert.equal((await store.spansOf(1)).filter(({ kind }) => kind === 'presence').length, 3);
    assert.deepEqual(await store.check(), []);
  });

  tell('the spans that hold of one kind are told for all devices of a site at once, since when', async ({ store, commit }) => {
    await commit(START, arrival(1, START));
    await commit(START + MINUTE, arrival(2, START + MINUTE));
    const left = { device: 1, close: [{ kind: 'presence', key: '' }] as const, open: [awaySince(START)] };
    await commit(START + 50 * MINUTE, { spans: [left, { device: 2, close: [], open: [at('192.0.2.1')] }] });
    const spans = await store.openSpans(SITE, 'presence');
    assert.deepEqual(
      spans.map(({ device, value, from, to, closedBy }) => [device, value, from - START, to, closedBy]),
      [
        [1, `away@${START}`, 50 * MINUTE, null, null],
        [2, 'present', MINUTE, null, null],
      ],
    );
    assert.deepEqual(
      spans[1],
      (await store.spansOf(2)).find(({ kind }) => kind === 'presence'),
    );
    const places = await store.openSpans(SITE, 'address');
    assert.deepEqual(
      places.map(({ device, key }) => `${device} ${key}`),
      ['1 192.0.2.1', '2 192.0.2.1', '2 192.0.2.2'],
    );
    assert.deepEqual(await store.openSpans('cabin', 'presence'), []);
  });

  tell('whatever is committed, any past moment shows the facts of a naive replay', async (scene) => {
    let begin = START;
    let firstDevice = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 1, maxLength: 12 }), async (steps) => {
        const end = await replay(scene, steps, { begin, firstDevice });
        begin = end + 60 * MINUTE;
        firstDevice += 3;
      }),
      { numRuns: 15, seed: 20260101 },
    );
    assert.deepEqual(await scene.store.check(), []);
  });
}

type Step = { readonly device: number; readonly wait: number; readonly facts: ReadonlyMap<string, Fact> };

const FACT: fc.Arbitrary<Fact> = fc.oneof(
  fc.constantFrom('present', 'away@1', 'unknown@1').map((value): Fact => ({ kind: 'presence', key: '', value })),
  fc.ipV4().map((address): Fact => at(address)),
  fc.record({
    kind: fc.constant('port' as const),
    key: fc.constantFrom('tcp/22', 'tcp/80', 'udp/53'),
    value: fc.constantFrom('open', 'filtered'),
  }),
  fc.record({
    kind: fc.constant('name' as const),
    key: fc.string({ unit: 'grapheme', minLength: 1 }),
    value: fc.constantFrom('dns', 'user'),
  }),
);
const nameOf = ({ kind, key }: Fact): string => `${kind} ${key}`;

/** One device becomes this set of facts, this much later than the step before. */
const STEP: fc.Arbitrary<Step> = fc.record({
  device: fc.integer({ min: 1, max: 3 }),
  wait: fc.integer({ min: 1, max: 5 * MINUTE }),
  facts: fc.array(FACT, { minLength: 1, maxLength: 5 }).map((facts) => new Map(facts.map((fact) => [nameOf(fact), fact]))),
});

/** Commits the steps and compares every moment in between with what was believed then. Returns the last moment. */
async function replay({ store, commit }: Scene, steps: readonly Step[], { begin, firstDevice }: { begin: number; firstDevice: number }) {
  const believed = new Map<number, ReadonlyMap<string, Fact>>();
  const history: { moment: number; devices: Map<number, ReadonlyMap<string, Fact>> }[] = [];
  let moment = begin;
  for (const step of steps) {
    moment += step.wait;
    const device = firstDevice + step.device;
    const before = believed.get(device);
    await commit(moment, {
      created: before ? [] : [{ device, firstSeen: moment }],
      spans: [deltaOf(device, before ?? new Map(), step.facts)],
    });
    believed.set(device, step.facts);
    history.push({ moment, devices: new Map(believed) });
  }
  for (const [index, { moment: from, devices }] of history.entries()) {
    const until = history[index + 1]?.moment ?? from + MINUTE;
    for (const when of [from, until - 1]) assert.deepEqual(await factsAt(store, when, firstDevice), shape(devices));
  }
  return moment;
}

function deltaOf(device: number, before: ReadonlyMap<string, Fact>, after: ReadonlyMap<string, Fact>): SpanDelta {
  const stays = (fact: Fact, other: ReadonlyMap<string, Fact>): boolean => other.get(nameOf(fact))?.value === fact.value;
  return {
    device,
    close: [...before.values()].filter((fact) => !stays(fact, after)).map(({ kind, key }) => ({ kind, key })),
    open: [...after.values()].filter((fact) => !stays(fact, before)),
  };
}

async function factsAt(store: Scene['store'], when: number, above: number): Promise<unknown> {
  const devices = (await store.devicesAt(SITE, when)).filter(({ id }) => id > above);
  return devices.map(({ id, presence, addresses, ports, names }) => [
    id,
    [
      presence,
      ...addresses.map(({ address }) => address),
      ...ports.map(({ protocol, port, state }) => `${protocol}/${port} ${state}`),
      ...names.map(({ name, source }) => `${name} ${source}`),
    ].sort(),
  ]);
}

function shape(devices: ReadonlyMap<number, ReadonlyMap<string, Fact>>): unknown {
  const text = ({ kind, key, value }: Fact): string => (kind === 'address' ? key : `${key} ${value}`);
  return [...devices]
    .sort(([a], [b]) => a - b)
    .map(([id, facts]) => {
      const presence = (facts.get('presence ')?.value ?? 'unknown').split('@')[0];
      const rest = [...facts.values()].filter(({ kind }) => kind !== 'presence').map(text);
      return [id, [presence, ...rest].sort()];
    });
}
