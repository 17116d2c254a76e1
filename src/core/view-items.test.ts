import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice, anyObservation } from '../../test/make/arbitraries.ts';
import { AT, covering, device } from '../../test/make/device.ts';
import { belief, look, script } from '../../test/make/view.ts';
import { Fault } from './fault.ts';
import type { View } from './view.ts';
import { type ViewItem, viewFromItems, viewItems } from './view-items.ts';

/** Everything a view says, in the open. */
const opened = ({ entries, read, close: _, ...frame }: View) => ({ ...frame, entries, devices: entries.map((_, i) => read(i)) });

async function* sent(items: Iterable<ViewItem>): AsyncGenerator<ViewItem> {
  for (const item of items) yield JSON.parse(JSON.stringify(item)) as ViewItem;
}

const frames = [
  {},
  {
    title: '<b>',
    at: null,
    partial: 'cut off',
    scriptChoice: 'default',
    warnings: ['slow'],
    coverage: covering(['10.0.0.1', 'fd00::/64']),
  },
  { coverage: { ...covering(['10.0.0.3-10.0.0.9'], '22,80-90'), depth: 'versions', basis: 'inferred' } },
] as const;

test('a view that was sent as JSON, item by item, is the view it was', async () => {
  const beliefs = fc.uniqueArray(anyDevice, { selector: ({ id }) => id, maxLength: 6 }).map((devices) => ({ devices, hosts: [] }));
  const looks = fc.array(anyObservation, { maxLength: 6 }).map((hosts) => ({ devices: [], hosts }));
  await fc.assert(
    fc.asyncProperty(fc.oneof(beliefs, looks), fc.constantFrom(...frames), async ({ devices, hosts }, frame) => {
      const view =
        hosts.length > 0
          ? look(
              hosts.map((host) => [host, script('ssl-cert', 'a\n\tb')]),
              frame,
            )
          : belief(devices, frame);
      assert.deepEqual(opened(await viewFromItems(sent(viewItems(view)))), opened(view));
    }),
    { numRuns: 300 },
  );
});

test('devices of which the same ports were asked share one set', async () => {
  const asked = { tcp: [[1, 1000] as const] };
  const view = await viewFromItems(sent(viewItems(belief([device({ id: 1, asked }), device({ id: 2, asked })]))));
  assert.equal(view.read(0).device.asked.tcp, view.read(1).device.asked.tcp);
});

test('law 1: a view that ended too early is none', async () => {
  const items = [...viewItems(belief([device({ id: 1 }), device({ id: 2, at: ['10.0.0.2'] })]))];
  const refused = (text: RegExp) => (thrown: unknown) =>
    thrown instanceof Fault && thrown.code === 'unavailable' && text.test(thrown.message);
  await assert.rejects(viewFromItems(sent(items.slice(0, 2))), refused(/it ended after 1 of 2 devices/));
  await assert.rejects(viewFromItems(sent([])), refused(/it ended after 0 of its devices/));
});

test('moments are told in UTC, ports as text', () => {
  const [head, first] = [...viewItems(belief([device({ asked: { tcp: [[1, 5]] } })], { coverage: covering(['10.0.0.0/24'], '1-1000') }))];
  assert.deepEqual(head?.kind === 'view' && [head.at, head.coverage.ports, head.devices], [
    new Date(AT).toISOString(),
    { tcp: '1-1000' },
    1,
  ]);
  assert.deepEqual(first?.kind === 'device' && [first.device.firstSeen, first.device.asked], [new Date(AT).toISOString(), { tcp: '1-5' }]);
});
