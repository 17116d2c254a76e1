import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../test/make/arbitraries.ts';
import { device, guess, port, service } from '../../test/make/device.ts';
import { type Device, type PortState, portStateOf } from '../core/index.ts';
import { comparePorts } from './compare-ports.ts';

const asked = { tcp: [[1, 1000] as const] };
const knowing = (...ports: Device['ports']): Device => device({ ports, asked });
const kinds = (before: Device, after: Device): string[] =>
  comparePorts(before, after).map(({ kind, after: side }) => `${kind} ${side?.port}`);

test('a port that was asked before and is open now has opened; one nobody had asked was learned', () => {
  assert.deepEqual(kinds(knowing(), knowing(port(22))), ['port.opened 22']);
  assert.deepEqual(kinds(device(), knowing(port(22))), []);
  assert.deepEqual(kinds(knowing(), knowing(port(2000))), []);
});

test('an open port that is asked and not open has closed, or was filtered', () => {
  assert.deepEqual(comparePorts(knowing(port(22, 'open', guess('ssh'))), knowing()), [
    {
      kind: 'port.closed',
      device: 1,
      before: { protocol: 'tcp', port: 22, state: 'open', service: { name: 'ssh', product: '', version: '', extra: '', tunnel: '' } },
      after: { protocol: 'tcp', port: 22, state: 'closed', service: null },
    },
  ]);
  for (const state of ['filtered', 'open|filtered', 'closed|filtered', 'unfiltered'] as const)
    assert.deepEqual(kinds(knowing(port(22)), knowing(port(22, state))), ['port.filtered 22']);
});

test('a port that turns unknown, or was unknown, has not changed', () => {
  assert.deepEqual(kinds(knowing(port(22)), knowing(port(22, 'unknown'))), []);
  assert.deepEqual(kinds(knowing(port(22, 'unknown')), knowing(port(22))), []);
  assert.deepEqual(kinds(device({ ports: [port(22)] }), device()), [], 'not asked afterwards');
});

test('among states that are not open nothing changes', () => {
  const shut: PortState[] = ['closed', 'filtered', 'unfiltered', 'open|filtered', 'closed|filtered', 'unknown'];
  for (const from of shut) for (const to of shut) assert.deepEqual(kinds(knowing(port(22, from)), knowing(port(22, to))), []);
});

test('a service that answers otherwise has changed, and both sides show in what', () => {
  const old = service('OpenSSH', { name: 'ssh', version: '9.2' });
  const others = [
    service('OpenSSH', { name: 'ssh', version: '9.9' }),
    service('Dropbear', { name: 'ssh', version: '9.2' }),
    service('OpenSSH', { name: 'http', version: '9.2' }),
    service('OpenSSH', { name: 'ssh', version: '9.2', extra: 'protocol 1.99' }),
    service('OpenSSH', { name: 'ssh', version: '9.2', tunnel: 'ssl' }),
  ];
  for (const fresh of others) {
    const [change, ...more] = comparePorts(knowing(port(22, 'open', old)), knowing(port(22, 'open', fresh)));
    assert.deepEqual([change?.kind, more], ['service.changed', []]);
    assert.notDeepEqual(change?.before, change?.after);
  }
});

test('learning what a service is, or losing it to a guess, is no change of the service', () => {
  const told = service('OpenSSH', { name: 'ssh' });
  for (const [before, after] of [
    [null, told],
    [guess('ssh'), told],
    [told, guess('telnet')],
    [told, null],
    [guess('ssh'), guess('telnet')],
    [told, { ...told }],
  ] as const)
    assert.deepEqual(kinds(knowing(port(22, 'open', before)), knowing(port(22, 'open', after))), []);
});

test('a service behind a port that opened is told with the port, not as a change of its own', () => {
  assert.deepEqual(kinds(knowing(port(22, 'filtered', service('A'))), knowing(port(22, 'open', service('B')))), ['port.opened 22']);
});

test('changes come in the order of protocol and port', () => {
  const both = { tcp: [[1, 1000] as const], udp: [[1, 1000] as const] };
  const after = device({ ports: [{ ...port(53), protocol: 'udp' }, port(443), port(80)], asked: both });
  assert.deepEqual(kinds(device({ ports: [port(100)], asked: both }), after), [
    'port.opened 80',
    'port.closed 100',
    'port.opened 443',
    'port.opened 53',
  ]);
});

test('a port is told exactly when it went from known and not open to open, or from open to known and not open', () => {
  fc.assert(
    fc.property(anyDevice, anyDevice, (before, after) => {
      const told = new Set(
        comparePorts(before, after)
          .filter(({ kind }) => kind !== 'service.changed')
          .map(({ after: side }) => `${side?.protocol} ${side?.port}`),
      );
      for (const protocol of ['tcp', 'udp'] as const) {
        for (const number of [0, 22, 80, 443, 65535]) {
          const [was, is] = [portStateOf(before, protocol, number), portStateOf(after, protocol, number)];
          const expected = was !== 'unknown' && is !== 'unknown' && was !== is && (was === 'open' || is === 'open');
          assert.equal(told.has(`${protocol} ${number}`), expected, `${protocol} ${number} ${was} ${is}`);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('R41: a tarpit that opens or shuts every port is compared in no time', () => {
  const all = knowing(...Array.from({ length: 65_536 }, (_, number) => port(number, 'open', guess(`service-${number}`))));
  const every = { tcp: [[0, 65_535] as const] };
  const started = performance.now();
  assert.equal(comparePorts(device({ asked: every }), { ...all, asked: every }).length, 65_536);
  assert.equal(comparePorts({ ...all, asked: every }, device({ asked: every })).length, 65_536);
  const each = (performance.now() - started) / 2;
  assert.ok(each < 3000, `${each} ms`);
});
