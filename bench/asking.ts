import { call } from '@orpc/server';
import { createRouter } from '../src/api/index.ts';
import { slimItems } from '../src/api/live-slim.ts';
import { OWNER } from '../src/core/index.ts';
import { jsonBytes } from '../src/http/json-bytes.ts';
import type { Keeper } from '../src/watch/index.ts';
import { ENDED, withHistory } from './history.ts';
import { percentile, type Row, round } from './row.ts';

const RUNS = 40;
const DAY = 86_400_000;

/** What the dashboard asks of 10,000 devices and 1,000,000 changes; each answer is written as JSON, as it goes out. */
export function askingRows(): Promise<Row[]> {
  return withHistory(async ({ keeper }) => [...(await cold(keeper)), ...(await slim(keeper)), ...(await warm(keeper))]);
}

type Ask = (keeper: Keeper, run: number) => Promise<unknown>;

const router = createRouter();
const asked = (keeper: Keeper) => ({
  context: { keeper, access: null as never, caller: OWNER, local: true, now: () => ENDED + 1000 },
});
const past = (run: number): string => new Date(ENDED - ((run % 25) + 1) * 10 * DAY).toISOString();

/** What is asked again and again, each time a little otherwise; `bar` in ms at p95. */
const QUESTIONS: Readonly<Record<string, { readonly bar?: number; readonly ask: Ask }>> = {
  'rows, nothing changed': { bar: 100, ask: (keeper) => call(router.devices.rows, {}, asked(keeper)) },
  'rows of a filter': { bar: 100, ask: (keeper, run) => call(router.devices.rows, { filter: `host-${run} port:22` }, asked(keeper)) },
  'devices of a filter': { bar: 100, ask: (keeper, run) => call(router.devices.list, { filter: `host-${run} port:22` }, asked(keeper)) },
  'ids of a filter': { bar: 20, ask: (keeper, run) => call(router.devices.match, { filter: `host-${run} port:22` }, asked(keeper)) },
  completion: { bar: 20, ask: (keeper, run) => call(router.devices.complete, { text: `port:22 name:host-${run}` }, asked(keeper)) },
  'strips of 60 rows': {
    bar: 50,
    ask: (keeper, run) =>
      call(router.presence.strips, { devices: Array.from({ length: 60 }, (_, i) => 60 * run + i + 1), since: '7d' }, asked(keeper)),
  },
  'histogram of 300 days': { bar: 100, ask: (keeper) => call(router.changes.histogram, { since: '300d', slots: 500 }, asked(keeper)) },
  'histogram of a filter': {
    bar: 100,
    ask: (keeper, run) => call(router.changes.histogram, { since: '300d', slots: 500, filter: `port:443 -host-${run}` }, asked(keeper)),
  },
  'newest changes of a filter': {
    bar: 100,
    ask: (keeper, run) => call(router.changes.list, { filter: `host-${run}1`, limit: 100 }, asked(keeper)),
  },
  'older changes': {
    bar: 100,
    ask: (keeper, run) => call(router.changes.list, { beforeSeq: 900_000 - run * 1000, limit: 100 }, asked(keeper)),
  },
  'services by port': { bar: 100, ask: (keeper) => call(router.services.list, { by: 'port' }, asked(keeper)) },
  'the map, collapsed': { bar: 100, ask: (keeper) => call(router.networks.map, {}, asked(keeper)) },
  overview: { bar: 100, ask: (keeper) => call(router.overview.get, {}, asked(keeper)) },
  'ids of a filter at a past moment that is looked at': {
    bar: 20,
    ask: (keeper, run) => call(router.devices.match, { filter: `host-${run} port:22`, at: past(5) }, asked(keeper)),
  },
  'rows of a past moment': { ask: (keeper, run) => call(router.devices.rows, { at: past(run) }, asked(keeper)) },
};

async function warm(keeper: Keeper): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, { bar, ask }] of Object.entries(QUESTIONS)) {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await written(() => ask(keeper, run)));
    rows.push({
      name: `asking: ${name}, p95`,
      value: round(percentile(times, 0.95)),
      unit: 'ms',
      ...(bar !== undefined && { bar: { max: bar } }),
    });
  }
  return rows;
}

async function written(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await jsonBytes(await ask());
  return performance.now() - began;
}

/** What is made once for all who ask, and the longest stall while it is. */
async function cold(keeper: Keeper): Promise<Row[]> {
  const rows = await written(() => call(router.devices.rows, {}, asked(keeper)));
  let stall = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    stall = Math.max(stall, performance.now() - last);
    last = performance.now();
  }, 1);
  const changes = await written(() => call(router.changes.histogram, {}, asked(keeper)));
  clearInterval(timer);
  return [
    { name: 'asking: first rows after a commit', value: round(rows), unit: 'ms' },
    { name: 'asking: first histogram after a start, a million changes read', value: round(changes), unit: 'ms' },
    { name: 'asking: longest stall meanwhile', value: round(stall), unit: 'ms', bar: { max: 50 } },
  ];
}

/** The first snapshot of a live stream with rows. */
async function slim(keeper: Keeper): Promise<Row[]> {
  const stop = new AbortController();
  const began = performance.now();
  const items = slimItems({ keeper, signal: stop.signal });
  await items.next();
  const bytes = await jsonBytes((await items.next()).value);
  const took = performance.now() - began;
  stop.abort();
  await items.return();
  return [
    { name: 'asking: slim snapshot', value: round(bytes.length / 1e6, 2), unit: 'MB', bar: { max: 8 } },
    { name: 'asking: slim snapshot, first time', value: round(took), unit: 'ms', bar: { max: 300 } },
  ];
}
