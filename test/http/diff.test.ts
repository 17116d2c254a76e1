import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isDefinedError, safe } from '@orpc/client';
import { comparisonItem, viewItem } from '../../src/contract/index.ts';
import { type ComparisonItem, Fault, formatSide, parseSide, type Side, type View, viewFromItems } from '../../src/core/index.ts';
import { compareViews, IGNORE_NOTHING, parseIgnore } from '../../src/diff/index.ts';
import { covering, device, port, seen, service } from '../make/device.ts';
import { belief, look, script } from '../make/view.ts';
import { type EventReader, readEvents } from './event-reader.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { type OpenDoor, openDoor, send, TOKEN } from './open-door.ts';

const asked = { tcp: [[1, 1000] as const] };
const before = belief([device({ id: 1, asked, ports: [port(22)] }), device({ id: 2, at: ['10.0.0.2'], asked })], { title: 'then' });
const after = look(
  [
    [
      seen('10.0.0.1', null, { ports: [port(22, 'open', service('OpenSSH')), port(80)] }),
      script('http-title', 'a\n\u2028b'),
      script('up', '', null),
    ],
    seen('10.0.0.9', 9, { unlisted: [{ protocol: 'tcp', state: 'filtered', count: 3, ports: [[1, 3]] }] }),
  ],
  {
    title: '<i>now',
    at: null,
    partial: 'cut off',
    scriptChoice: 'default',
    warnings: ['slow'],
    coverage: covering(['10.0.0.0/24'], '1-1000'),
  },
);

/** Views by side as text; whatever else is asked for is not there. */
const viewing =
  (views: Readonly<Record<string, View>>, asked: string[] = []) =>
  async (side: Side): Promise<View> => {
    asked.push(formatSide(side));
    const view = views[formatSide(side)];
    if (!view) throw new Fault('not-found', `viewing ${formatSide(side)}: there is none`, 'choose another');
    return view;
  };

const VIEWS = { 'scan:31': before, '@now': after };

const listen = (open: OpenDoor, path: string): Promise<EventReader> =>
  readEvents({ port: open.port, path, headers: { authorization: `Bearer ${TOKEN}` } });

async function rest(open: OpenDoor, path: string, count: number): Promise<any[]> {
  await using events = await listen(open, path);
  const items: any[] = [];
  for (let i = 0; i < count; i++) items.push((await events.next()).data);
  await events.ended();
  return items;
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 3000;
  while (!condition()) {
    assert.ok(performance.now() < deadline, `waited in vain for ${what}`);
    await pause(5);
  }
}

suite('comparing', () => {
  test('for a screen it tells the first devices, and the sum of all of them', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ view: viewing(VIEWS) }) });
    const whole: ComparisonItem[] = await Array.fromAsync(await open.client.diff.compare({ a: '31', b: 'now' }));
    const first: ComparisonItem[] = await Array.fromAsync(await open.client.diff.compare({ a: '31', b: 'now', most: 1 }));
    const devices = whole.filter(({ kind }) => kind === 'device');
    assert.ok(devices.length > 1);
    assert.deepEqual(first, [whole[0], devices[0], whole.at(-1)]);
  });

  const expected = JSON.parse(JSON.stringify([...compareViews(before, after, IGNORE_NOTHING)])) as ComparisonItem[];

  test('tells the sides, each device that differs, and the sum, the same over TCP and over the socket', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ view: viewing(VIEWS) }) });
    const told = await rest(open, '/api/v1/diff?a=31&b=now', expected.length);
    assert.deepEqual(told, expected);
    assert.deepEqual([told[0]?.kind, told.at(-1)?.kind, told.length > 3], ['sides', 'sum', true]);
    for (const item of told) assert.deepEqual(comparisonItem.parse(item), item, 'a key too many or too few');
    const items: ComparisonItem[] = [];
    for await (const item of await open.client.diff.compare({ a: '31', b: 'now' })) items.push(item);
    assert.deepEqual(items, expected);
    assert.deepEqual(open.failures, []);
  });

  test('leaves out what the rules ignore, one rule or several', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ view: viewing(VIEWS) }) });
    const ignored = async (query: string): Promise<number> => {
      await using events = await listen(open, `/api/v1/diff?a=31&b=now&${query}`);
      for (;;) {
        const { data } = await events.next();
        if (data.kind === 'sum') return data.ignored;
      }
    };
    assert.equal(await ignored('ignore=port:80'), 1);
    assert.equal(await ignored('ignore[0]=port:80&ignore[1]=port:22'), 1);
    const reply = await open.ask('/api/v1/diff?a=31&b=now&ignore=weather');
    assert.deepEqual([reply.status, reply.json.code], [400, 'bad-input']);
    assert.match(reply.json.message, /"weather" is none/);
  });

  test('the examples of its OpenAPI document are rules and sides', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    const { parameters } = (await open.ask('/api/v1/openapi.json')).json.paths['/api/v1/diff'].get;
    const examplesOf = (name: string): any[] => parameters.find((parameter: any) => parameter.name === name).schema.examples;
    for (const side of examplesOf('a')) assert.deepEqual([parseSide(side, 0).ok, side], [true, side]);
    for (const rules of examplesOf('ignore')) assert.deepEqual([parseIgnore(rules).ok, rules], [true, rules]);
  });

  test('sides reach the keeper as they were meant, and a target goes to those that name none', async () => {
    const asked: string[] = [];
    const views = {
      'scan:31': before,
      '10.0.0.0/24@now': after,
      'nas.lan@baseline': before,
      '10.0.0.0/24@2026-03-01T01:00:00.000Z': after,
    };
    await using open = await openDoor({ keeper: fakeKeeper({ view: viewing(views, asked) }) });
    for (const query of [
      'a=31&b=now&target=10.0.0.0/24',
      'a=nas.lan@baseline&b=scan:31&target=10.0.0.0%2F24',
      'a=10.0.0.0/24@2026-03-01T03:00%2B02:00&b=31',
    ]) {
      await using events = await listen(open, `/api/v1/diff?${query}`);
      assert.equal((await events.next()).data.kind, 'sides');
    }
    assert.deepEqual(asked, [
      'scan:31',
      '10.0.0.0/24@now',
      'nas.lan@baseline',
      'scan:31',
      '10.0.0.0/24@2026-03-01T01:00:00.000Z',
      'scan:31',
    ]);
  });

  test('what cannot be compared is refused as a whole, before anything is told', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ view: viewing(VIEWS) }) });
    const refusals: [string, number, RegExp][] = [
      ['/api/v1/diff?a=31', 400, /^reading b: /],
      ['/api/v1/diff?a=31&b=tomorrow', 400, /^reading side "tomorrow": it says no moment/],
      ['/api/v1/diff?a=&b=now', 400, /^reading a/],
      ['/api/v1/diff?a=31&b=now&unknown=1', 400, /unknown/],
      ['/api/v1/diff?a=31&b=32', 404, /^viewing scan:32: there is none/],
      ['/api/v1/diff/view?side=32', 404, /^viewing scan:32: there is none/],
    ];
    for (const [path, status, message] of refusals) {
      const reply = await open.ask(path);
      assert.deepEqual([reply.status, typeof reply.json.remedy], [status, 'string'], path);
      assert.match(reply.json.message, message);
    }
    const { error } = await safe(open.client.diff.compare({ a: '31', b: '32' }));
    assert.ok(isDefinedError(error) && error.code === 'not-found' && error.data.remedy === 'choose another');
  });

  test('a view comes over whole: the client has what the keeper had', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ view: viewing(VIEWS) }) });
    for (const [side, view] of Object.entries(VIEWS)) {
      const items = await rest(open, `/api/v1/diff/view?side=${side}`, view.entries.length + 1);
      for (const item of items) assert.deepEqual(viewItem.parse(item), item, 'a key too many or too few');
      const { entries, read, close: _, ...frame } = await viewFromItems(await open.client.diff.view({ side }));
      const { entries: wanted, read: readWanted, close: __, ...wantedFrame } = view;
      assert.deepEqual([frame, entries], [wantedFrame, wanted]);
      assert.deepEqual(
        entries.map((_entry, i) => read(i)),
        wanted.map((_entry, i) => readWanted(i)),
      );
    }
  });
});

suite('a long comparison', () => {
  const many = (version: string): View =>
    belief(
      Array.from({ length: 3000 }, (_, i) =>
        device({ id: i + 1, at: [`10.0.${i >> 8}.${i & 255}`], asked, ports: [port(22, 'open', service(version))] }),
      ),
    );

  /** Counts how often a device was read, and whether it was let go. */
  function watched(view: View): View & { reads: number; closed: boolean } {
    const more = { reads: 0, closed: false };
    return Object.assign(more, {
      ...view,
      read(entry: number) {
        more.reads++;
        return view.read(entry);
      },
      close: () => void (more.closed = true),
    });
  }

  test('stops when its reader goes away', async () => {
    const [a, b] = [watched(many('1')), watched(many('2'))];
    await using open = await openDoor({ keeper: fakeKeeper({ view: viewing({ 'scan:1': a, 'scan:2': b }) }) });
    const incoming = await send({ host: '127.0.0.1', port: open.port }, '/api/v1/diff?a=1&b=2', {});
    await until(() => a.reads > 0, 'the first device');
    incoming.destroy();
    await until(() => a.closed && b.closed, 'both views to be let go');
    assert.ok(a.reads < 3000, `${a.reads} devices were read`);
    for await (const item of await open.client.diff.compare({ a: '1', b: '2' })) if (item.kind === 'device') break;
    assert.deepEqual(open.failures, []);
  });

  test('gives way to others also while it finds nothing to tell', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ view: viewing({ 'scan:1': many('1'), 'scan:2': many('1') }) }) });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const kinds: string[] = [];
    for await (const item of await open.client.diff.compare({ a: '1', b: '2' })) kinds.push(item.kind);
    clearInterval(timer);
    assert.deepEqual(kinds, ['sides', 'sum']);
    assert.ok(turns > 4, `others had ${turns} turns`);
  });
});
