import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ChannelWorld, createChannelMaker } from '../../src/channels/index.ts';
import type { Channel, Delivery, ExchangeLine, JsonObject } from '../../src/core/index.ts';
import { alert, message, NEVER, refused, worldOf } from '../channels/sinks/opened.ts';
import { calledSo, HOSTILE } from './channel/hostile.ts';

/** One thing that arrived. */
export interface Heard {
  /** The key by which the receiver knows a double; null where this kind has none. */
  readonly id: string | null;
  /** Every text that people get to see, as the receiver decodes it. */
  readonly texts: readonly string[];
  /** Names of fields, headers, elements: what a hostile text must add none to. */
  readonly shape: readonly string[];
}

/** A receiver of its own for one story. */
export interface Stage {
  /** Options of a channel to it, with these on top. Every secret in them is one of `canaries`. */
  readonly options: JsonObject;
  readonly world?: Partial<ChannelWorld> & { readonly reach?: readonly string[] };
  heard(): readonly Heard[];
  /** From now on it behaves like that; the names are those in `refusals`, and "hang" where the scene has it. */
  behave(manner: string): void;
  /** Connections that it still has open; left out: it keeps none. */
  open?(): number;
  stop(): Promise<void>;
}

export type Becomes = 'delivered' | { readonly what: 'message' | 'channel'; readonly again: boolean; readonly after?: number };

export interface ChannelScene {
  readonly kind: string;
  set(): Promise<Stage>;
  /** What is secret in the options. */
  readonly canaries: readonly string[];
  /** What becomes of a message, by what the receiver does. */
  readonly refusals: Readonly<Record<string, Becomes>>;
  /** Whether it can behave like "hang": takes the connection, and never answers. */
  readonly hangs: boolean;
  /** Options that can never work, each with the option to blame. Set on top of the good ones; undefined takes one away. */
  readonly broken: readonly (readonly [Readonly<Record<string, JsonObject[string] | undefined>>, key: string | null])[];
  /** What only this kind can say of a hostile text that has arrived. */
  readonly inert?: (heard: Heard, attack: string) => void;
}

/** What every channel must do, whomever it tells. */
export function channelContract(scene: ChannelScene): void {
  const { kind, canaries } = scene;
  const tell = (title: string, story: (stage: Stage, channel: Channel) => Promise<void>): void => {
    test(title, async () => {
      const stage = await scene.set();
      const channel = await open(scene.kind, stage, stage.options);
      try {
        await story(stage, channel);
      } finally {
        await channel.close?.();
        await stage.stop();
      }
    });
  };
  describe(`${kind} as a channel`, () => {
    tell('a message arrives once, whole, with its key', async (stage, channel) => {
      const lines: ExchangeLine[] = [];
      const delivery = await channel.send(message(), NEVER, (line) => lines.push(line));
      assert.equal(delivery.outcome, 'delivered', JSON.stringify(delivery));
      const [heard, ...more] = stage.heard();
      assert.equal(more.length, 0);
      assert.ok(heard?.id === null || heard?.id.includes(message().id), heard?.id ?? 'nothing came');
      assert.ok(
        heard?.texts.some((text) => text.includes('nas.lan left')),
        JSON.stringify(heard?.texts),
      );
      assert.ok(
        lines.some(({ from }) => from === 'us'),
        'nothing could be overheard',
      );
      noSecrets({ channel, delivery, lines, canaries });
    });

    tell('the same message again has the same key, and another one another', async (stage, channel) => {
      for (const id of ['home-1-a', 'home-1-a', 'home-1-b']) await channel.send(message({ id }), NEVER);
      const ids = stage.heard().map((heard) => heard.id);
      assert.equal(ids.length, 3);
      if (ids[0] !== null) assert.deepEqual([ids[0] === ids[1], ids[0] === ids[2]], [true, false]);
    });

    tell('S5, S22: whatever a device is called stays a name', async (stage, channel) => {
      await channel.send(message({ alert: alert({ lines: calledSo('nas').alert!.lines }) }), NEVER);
      const shape = [...stage.heard()[0]!.shape].sort();
      for (const attack of HOSTILE) {
        const before = stage.heard().length;
        const delivery = await channel.send(calledSo(attack), NEVER);
        assert.equal(delivery.outcome, 'delivered', `${JSON.stringify(attack.slice(0, 60))}: ${JSON.stringify(delivery)}`);
        const [heard, ...more] = stage.heard().slice(before);
        assert.equal(more.length, 0, `one message became ${more.length + 1}: ${JSON.stringify(attack.slice(0, 60))}`);
        staysName(heard!, attack, shape);
        scene.inert?.(heard!, attack);
      }
    });

    tell('what it once was called at a channel of another kind is no obstacle to a message', async (stage, channel) => {
      for (const [i, replaces] of HANDLES.entries()) {
        const delivery = await channel.send(message({ id: `home-1-${i}`, alert: alert({ replaces }) }), NEVER);
        assert.equal(delivery.outcome, 'delivered', `${replaces}: ${JSON.stringify(delivery)}`);
      }
      assert.ok(stage.heard().length >= HANDLES.length);
    });

    for (const [manner, becomes] of Object.entries(scene.refusals))
      tell(`R20: a receiver of manner "${manner}" makes it ${wordsFor(becomes)}`, async (stage, channel) => {
        stage.behave(manner);
        const lines: ExchangeLine[] = [];
        const started = performance.now();
        const delivery = await channel.send(message(), NEVER, (line) => lines.push(line));
        assert.ok(performance.now() - started < 9000, 'it did not give up by itself');
        became(delivery, becomes);
        noSecrets({ channel, delivery, lines, canaries });
      });

    if (scene.hangs)
      tell('whoever stops it waits no longer', async (stage, channel) => {
        stage.behave('hang');
        const stop = new AbortController();
        const sending = channel.send(message(), stop.signal);
        setImmediate(() => stop.abort());
        const started = performance.now();
        const { what, again } = refused(await sending);
        assert.deepEqual([what, again], ['channel', true]);
        assert.ok(performance.now() - started < 2000, 'it went on');
        assert.equal(refused(await channel.send(message(), AbortSignal.abort())).again, true);
      });

    test('options that can never work are refused with option and remedy, and no secret is shown', async () => {
      const stage = await scene.set();
      const maker = createChannelMaker(worldOf(stage.world?.reach, stage.world));
      assert.deepEqual(maker.check(kind, stage.options), []);
      for (const [over, key] of [...scene.broken, [{ nonsense: 'x' }, 'nonsense'] as const]) {
        const options = JSON.parse(JSON.stringify({ ...stage.options, ...over })) as JsonObject;
        const faults = maker.check(kind, options);
        assert.ok(
          faults.some((fault) => fault.key === key),
          `${JSON.stringify(over)}: ${JSON.stringify(faults)}`,
        );
        for (const { reason, remedy } of faults) assert.ok(reason !== '' && remedy !== '', JSON.stringify(over));
        for (const canary of canaries) assert.ok(!JSON.stringify(faults).includes(canary), JSON.stringify(faults));
        await assert.rejects(maker.open(kind, options), { name: 'Fault', code: 'bad-input' });
      }
      await stage.stop();
    });
  });
}

/** As the kinds call their messages: somebody may give the name of a channel to one of another kind. */
const HANDLES = [
  '-1001/42',
  '0123456789abcdef0123456789abcdef',
  'C0123456789:1700000000.000100',
  '1165339898920579073',
  '$a-b:example.com',
  'x/../y',
];

export async function open(kind: string, { world }: Stage, options: JsonObject): Promise<Channel> {
  return createChannelMaker(worldOf(world?.reach, { most: 700, ...world })).open(kind, options);
}

const wordsFor = (becomes: Becomes): string => (typeof becomes === 'string' ? becomes : JSON.stringify(becomes));

function became(delivery: Delivery, becomes: Becomes): void {
  if (becomes === 'delivered') return assert.equal(delivery.outcome, 'delivered', JSON.stringify(delivery));
  const { what, again, after, reason, remedy } = refused(delivery);
  assert.deepEqual({ what, again }, { what: becomes.what, again: becomes.again }, reason);
  if (becomes.after !== undefined) assert.ok(after !== null && Math.abs(after - becomes.after) <= 2000, `after ${after} ms: ${reason}`);
  assert.ok(remedy !== '' && !/\berror\b/i.test(remedy), remedy);
}

interface Leak {
  readonly channel: Channel;
  readonly delivery: Delivery;
  readonly lines: readonly ExchangeLine[];
  readonly canaries: readonly string[];
}

/** S24: as they are, and in the forms that go over wires. */
function noSecrets({ channel, delivery, lines, canaries }: Leak): void {
  const { handle: _, ...shown } = { handle: '', ...delivery };
  const all = JSON.stringify([channel.name, shown, lines]);
  for (const canary of canaries) {
    const forms = [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64'), Buffer.from(canary).toString('base64url')];
    for (const form of forms) assert.ok(!all.includes(form), `${form} in ${all}`);
  }
}

// Control characters but line end and tab, and what changes the direction of text.
const UNSAFE = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

function staysName({ texts, shape }: Heard, attack: string, usual: readonly string[]): void {
  const shown = JSON.stringify(attack.slice(0, 60));
  for (const text of texts) {
    assert.doesNotMatch(text, UNSAFE, shown);
    assert.ok(text.isWellFormed(), shown);
  }
  assert.deepEqual([...shape].sort(), usual, shown);
}
