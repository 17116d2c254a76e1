import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { RowJson } from '../../../../src/contract/index.ts';
import { Layout, radiusOf } from './layout.ts';
import { ELSEWHERE, MOST_DEVICES, mapOf } from './model.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { type Direction, nextOf, type Place } from './walk.ts';

const row = (id: number, address: string, parts: Partial<RowJson> = {}): RowJson =>
  ({ id, name: null, addresses: [address], groups: [], type: null, owner: null, presence: 'present', ...parts }) as RowJson;

const HOME: Segment = { id: '1', block: '192.168.1.0/24', gateway: 1, blind: false };
const LAB: Segment = { id: '2', block: '192.168.1.128/25', gateway: null, blind: true };

describe('the map', () => {
  test('places each device in the narrowest segment that holds an address of it', () => {
    const rows = [row(1, '192.168.1.1'), row(2, '192.168.1.200'), row(3, '10.0.0.1'), row(4, 'fe80::1')];
    const { nodes } = mapOf(rows, [HOME, LAB], 'group');
    const counts = nodes.flatMap((node) => (node.kind === 'segment' ? [[node.segment.id, node.count]] : []));
    assert.deepEqual(counts, [
      ['2', 1],
      ['1', 1],
      [ELSEWHERE.id, 2],
    ]);
  });

  test('marks the gateway, and puts together what is of one group', () => {
    const rows = [
      row(1, '192.168.1.1'),
      row(2, '192.168.1.2', { groups: ['iot'] }),
      row(3, '192.168.1.3', { groups: ['iot'], presence: 'away' }),
      row(4, '192.168.1.4'),
    ];
    const { nodes, links, collapsed } = mapOf(rows, [HOME], 'group');
    assert.deepEqual(
      nodes.map((node) => [node.id, node.kind === 'device' ? node.gateway : node.here]),
      [
        ['segment 1', 3],
        ['device 1', true],
        ['group iot of segment 1', 1],
        ['device 2', false],
        ['device 3', false],
        ['device 4', false],
      ],
    );
    assert.ok(links.some(({ from, to }) => from === 'group iot of segment 1' && to === 'device 3'));
    assert.ok(links.some(({ from, to }) => from === 'segment 1' && to === 'device 4'));
    assert.equal(collapsed, false);
  });

  test('collapses into groups above five hundred devices', () => {
    const rows = Array.from({ length: MOST_DEVICES + 1 }, (_, i) =>
      row(i + 2, `192.168.1.${i % 250}`, { type: i % 2 === 0 ? 'phone' : null }),
    );
    const { nodes, collapsed } = mapOf(rows, [HOME], 'type');
    assert.deepEqual([collapsed, nodes.length], [true, 3]);
    assert.deepEqual(
      nodes.flatMap((node) => (node.kind === 'group' ? [[node.name, node.rows.length]] : [])),
      [
        ['phone', 251],
        [null, 250],
      ],
    );
  });

  test('a name from the network that looks like an id stays a name', () => {
    const rows = [
      row(2, '192.168.1.9', { owner: '__proto__' }),
      row(3, '192.168.1.10', { owner: 'constructor' }),
      row(4, '192.168.1.11', { owner: '' }),
    ];
    assert.equal(mapOf(rows, [HOME], 'owner').nodes.filter(({ kind }) => kind === 'group').length, 3);
  });

  test('every link joins nodes that are there, and every node but one hangs on another', () => {
    const anyRow = fc.record({ id: fc.nat(2000), address: fc.ipV4(), group: fc.option(fc.string()) });
    fc.assert(
      fc.property(fc.uniqueArray(anyRow, { selector: ({ id }) => id, maxLength: 60 }), (some) => {
        const { nodes, links } = mapOf(
          some.map(({ id, address, group }) => row(id, address, group === null ? {} : { groups: [group] })),
          [HOME, LAB],
          'group',
        );
        const ids = new Set(nodes.map(({ id }) => id));
        assert.equal(ids.size, nodes.length);
        assert.ok(links.every(({ from, to }) => ids.has(from) && ids.has(to)));
        assert.equal(links.length, Math.max(0, nodes.length - 1));
      }),
    );
  });
});

describe('segments', () => {
  const target = (id: number, text: string) =>
    ({ target: { id, target: text }, plans: [], blind: id === 2 }) as unknown as Parameters<typeof segmentsOf>[0][number];

  test('are what is watched, with the router that stands in each', () => {
    const rows = [row(5, '10.0.0.1', { type: 'router' }), row(6, '192.168.1.77', { type: 'router' }), row(7, '192.168.1.1')];
    assert.deepEqual(segmentsOf([target(1, '192.168.1.0/24'), target(2, '10.0.0.0/8'), target(3, 'nas.local')], rows), [
      { id: '1', block: '192.168.1.0/24', gateway: 6, blind: false },
      { id: '2', block: '10.0.0.0/8', gateway: 5, blind: true },
      { id: '3', block: 'nas.local', gateway: null, blind: false },
    ]);
  });

  test('that are no block hold nobody', () => {
    for (const block of ['nas.local', '10.0.0.0/33', '10.0.0.0/x', '/', ''])
      assert.equal(
        mapOf([row(1, '10.0.0.1')], [{ id: '1', block, gateway: null, blind: false }], 'type').nodes[0]?.id,
        'segment elsewhere',
        block,
      );
  });
});

describe('the layout', () => {
  const rows = Array.from({ length: 60 }, (_, i) => row(i + 1, `192.168.1.${i + 1}`, { groups: [`g${i % 4}`] }));
  const model = mapOf(rows, [HOME, LAB], 'group');

  test('lets no two nodes lie on each other', () => {
    const layout = new Layout(model, new Map());
    layout.settle();
    const places = layout.places();
    const all = model.nodes.map((node) => ({ r: radiusOf(node), ...(places.get(node.id) as Place) }));
    const close = all.flatMap((a, i) => all.slice(i + 1).filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < 0.8 * (a.r + b.r)));
    assert.deepEqual(close, []);
  });

  test('is the same each time, and leaves a map one knows nearly as it is', () => {
    const [one, other] = [new Layout(model, new Map()), new Layout(model, new Map())];
    one.settle();
    other.settle();
    assert.deepEqual(one.places(), other.places());
  });
});

describe('the way with arrow keys', () => {
  const places = new Map<string, Place>([
    ['middle', { x: 0, y: 0 }],
    ['right', { x: 50, y: 5 }],
    ['far right', { x: 200, y: 0 }],
    ['up', { x: 3, y: -60 }],
    ['aside', { x: 10, y: 90 }],
  ]);

  test('leads to the nearest in that direction, and nowhere where nothing is', () => {
    for (const [direction, to] of [
      ['ArrowRight', 'right'],
      ['ArrowUp', 'up'],
      ['ArrowDown', 'aside'],
      ['ArrowLeft', undefined],
    ] as const)
      assert.equal(nextOf(places, 'middle', direction), to, direction);
    assert.equal(nextOf(places, 'nobody', 'ArrowUp'), undefined);
  });

  test('goes on, and never stays', () => {
    const point = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });
    const direction = fc.constantFrom<Direction>('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown');
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 30 }), direction, (points, way) => {
        const some = new Map(points.map((place, i) => [String(i), place]));
        assert.notEqual(nextOf(some, '0', way), '0');
      }),
    );
  });
});
