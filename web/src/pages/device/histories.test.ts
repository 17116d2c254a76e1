import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpanJson } from '../../../../src/contract/index.ts';
import { historiesOf, placeOf, saidBy } from './histories.ts';

const span = (fields: Partial<SpanJson>): SpanJson => ({
  kind: 'port',
  key: 'tcp/22',
  value: 'open',
  service: null,
  from: '2026-11-01T00:00:00.000Z',
  to: null,
  openedBy: 1,
  closedBy: null,
  ...fields,
});

test('each key has its history, newest first, and what holds now comes before what is over', () => {
  const histories = historiesOf(
    [
      span({ key: 'tcp/80', to: '2026-11-09T00:00:00.000Z' }),
      span({ key: 'tcp/22', value: 'filtered', to: '2026-11-05T00:00:00.000Z' }),
      span({ key: 'tcp/22', from: '2026-11-05T00:00:00.000Z' }),
      span({ kind: 'name', key: 'nas' }),
    ],
    'port',
  );
  assert.deepEqual(
    histories.map(({ key, spans }) => [key, spans.map(({ value }) => value)]),
    [
      ['tcp/22', ['open', 'filtered']],
      ['tcp/80', ['open']],
    ],
  );
});

test('a place is written as people write it', () =>
  assert.deepEqual(['tcp/22', 'udp/53', 'tcp', ''].map(placeOf), ['22/tcp', '53/udp', 'tcp', '']));

test('what a port served is said with its version', () => {
  const service = { name: 'ssh', product: 'OpenSSH', version: '9.2p1', extra: '', tunnel: '', method: 'probed' as const };
  assert.equal(saidBy(span({ service })), 'open ssh OpenSSH 9.2p1');
  assert.equal(saidBy(span({ service: { ...service, extra: 'protocol 2.0' } })), 'open ssh OpenSSH 9.2p1 (protocol 2.0)');
  assert.equal(saidBy(span({ kind: 'serving', value: 'key SHA256:abc' })), 'key SHA256:abc');
});
