import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import type { LiveItem, ScanJson, SlimCommitItem } from '../../../src/contract/index.ts';
import { createLiveStore, type LiveStore } from './store.ts';
import { followStream, type OpenStream, SILENCE, type StreamParts } from './stream.ts';

const commit = (seq: number): SlimCommitItem => ({
  kind: 'commit.slim',
  seq,
  scan: { id: seq } as ScanJson,
  changes: [{ seq, at: '2026-11-21T03:00:00.000Z', kind: 'device.returned', device: null, before: null, after: null, scan: seq }],
  rows: [],
  gone: [],
});
const opening = (seq: number): LiveItem[] => [
  { kind: 'version', version: '1', seq },
  { kind: 'snapshot.slim', site: 'home', at: null, seq, counts: { devices: 0, present: 0, away: 0, unknown: 0 }, rows: [] },
];

/** Connections that tell what they are given, then break as they are told to. */
type Script = readonly { readonly items: readonly LiveItem[]; readonly end: 'breaks' | 'ends' | Error }[];

interface Played {
  readonly store: LiveStore;
  readonly asked: (string | undefined)[];
  readonly pauses: number[];
  readonly links: string[];
}

/** Plays a script to its end. */
async function play(script: Script, onFailure: StreamParts['onFailure'] = () => true): Promise<Played> {
  const store = createLiveStore((work) => work());
  const [asked, pauses, links]: [(string | undefined)[], number[], string[]] = [[], [], []];
  store.subscribe(() => {
    const { is } = store.link();
    if (links.at(-1) !== is) links.push(is);
  });
  const over = new AbortController();
  let turn = 0;
  const open: OpenStream = async ({ lastEventId }) => {
    const scene = script[turn++];
    if (!scene) {
      over.abort();
      throw new Error('the script is over');
    }
    asked.push(lastEventId);
    return scenePlayed(scene);
  };
  const pause = async (ms: number): Promise<void> => void pauses.push(ms);
  await followStream({ store, open, now: () => 1000, pause, onFailure }, over.signal);
  return { store, asked, pauses, links };
}

async function* scenePlayed({ items, end }: Script[number]): AsyncGenerator<LiveItem> {
  yield* items;
  if (end === 'breaks') throw new TypeError('network error');
  if (end instanceof Error) throw end;
}

const seqsOf = ({ store }: Played): number[] => store.state().feed.map(({ seq }) => seq);

describe('the stream', () => {
  test('comes back after a break with what was missed, without a gap or a double', async () => {
    const played = await play([
      { items: [...opening(4), commit(5), commit(6)], end: 'breaks' },
      { items: [{ kind: 'version', version: '1', seq: 8 }, commit(7), commit(8)], end: 'ends' },
      { items: [{ kind: 'version', version: '1', seq: 9 }, commit(8), commit(9)], end: 'breaks' },
    ]);
    assert.deepEqual(played.asked, [undefined, '6', '8']);
    assert.deepEqual(seqsOf(played), [9, 8, 7, 6, 5]);
  });

  test('says that it is in trouble from the first break until something is told again', async () => {
    const played = await play([
      { items: opening(4), end: 'breaks' },
      { items: [], end: 'breaks' },
      { items: [{ kind: 'version', version: '1', seq: 4 }], end: 'ends' },
    ]);
    assert.deepEqual(played.links, ['live', 'troubled', 'live', 'troubled']);
    assert.deepEqual(played.store.link(), { is: 'troubled', since: 1000 });
  });

  test('waits longer each time nobody answers, and begins anew after an answer', async () => {
    const dead = { items: [], end: 'breaks' } as const;
    const played = await play([dead, dead, dead, dead, dead, dead, { items: opening(1), end: 'breaks' }]);
    assert.deepEqual(played.pauses.slice(0, 7), [1000, 2000, 4000, 8000, 15_000, 15_000, 500]);
  });

  test('stops asking where it is not let in', async () => {
    const stranger = Object.assign(new Error('who are you'), { status: 401 });
    const played = await play(
      [
        { items: [], end: stranger },
        { items: opening(1), end: 'ends' },
      ],
      (failure) => failure !== stranger,
    );
    assert.deepEqual([played.asked.length, played.pauses], [1, []]);
  });

  test('takes a line that says nothing for dead', async (t) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    t.after(() => mock.timers.reset());
    const over = new AbortController();
    const store = createLiveStore((work) => work());
    const { promise: hung, resolve: nowHung } = Promise.withResolvers<AbortSignal>();
    const open: OpenStream = async ({ signal, heard }) => {
      heard();
      nowHung(signal);
      const { promise, reject } = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      return promise;
    };
    const { promise: paused, resolve: nowPaused } = Promise.withResolvers<void>();
    const pause = async (): Promise<void> => {
      nowPaused();
      over.abort();
    };
    const following = followStream({ store, open, now: () => 5, pause, onFailure: () => true }, over.signal);
    const signal = await hung;
    mock.timers.tick(SILENCE - 1);
    assert.equal(signal.aborted, false);
    mock.timers.tick(1);
    await paused;
    await following;
    assert.deepEqual([signal.aborted, store.link()], [true, { is: 'troubled', since: 5 }]);
  });

  test('draws the page once for a batch of items', () => {
    const works: (() => void)[] = [];
    const store = createLiveStore((work) => works.push(work));
    let drawn = 0;
    store.subscribe(() => drawn++);
    for (const item of [...opening(0), ...Array.from({ length: 1000 }, (_, i) => commit(i + 1))]) store.tell(item);
    assert.deepEqual([works.length, drawn], [1, 0]);
    works[0]?.();
    assert.deepEqual([drawn, store.state().seq], [1, 1000]);
  });
});
