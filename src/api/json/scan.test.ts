import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scan } from '../../../test/http/fake-keeper.ts';
import { AT, device, MINUTE, seen, service } from '../../../test/make/device.ts';
import { factsOf, presenceFact } from '../../core/index.ts';
import { deviceToJson, spanToJson } from './device.ts';
import { hostToJson } from './result.ts';
import { scanToJson } from './scan.ts';

test('a command is printed so that a shell reads the same arguments back', () => {
  const { command, commands } = scanToJson(scan({ commands: [['nmap', '-oX', '-', "it's", '', '$(reboot)', '10.0.0.0/24']] }));
  assert.equal(command, `nmap -oX - 'it'\\''s' '' '$(reboot)' 10.0.0.0/24`);
  assert.equal(commands[0]?.length, 7);
});

test('a running scan says null where nothing is known yet', () => {
  const running = scan({ outcome: 'running', finishedAt: null, coverage: null, vantage: null, tool: null, commands: [] });
  const { finishedAt, coverage, command, commands, privileged, iface, tool } = scanToJson(running);
  assert.deepEqual(
    { finishedAt, coverage, command, commands, privileged, iface, tool },
    { finishedAt: null, coverage: null, command: null, commands: [], privileged: null, iface: null, tool: null },
  );
});

test('coverage is text: blocks and port lists', () => {
  assert.deepEqual(scanToJson(scan()).coverage, { addresses: ['10.0.0.0/24'], ports: { tcp: '1-1000' }, depth: 'ports', basis: 'asked' });
});

test('closed ports are left out, of devices and of hosts', () => {
  const ports = [
    { protocol: 'tcp', port: 22, state: 'open', service: null },
    { protocol: 'tcp', port: 23, state: 'closed', service: null },
    { protocol: 'tcp', port: 24, state: 'filtered', service: null },
  ] as const;
  for (const { ports: shown } of [deviceToJson(device({ ports })), hostToJson(seen('10.0.0.1', 1, { ports }))])
    assert.deepEqual(
      shown.map(({ port }) => port),
      [22, 24],
    );
});

test('spans say what was, not how the store writes it', () => {
  const ssh = device({
    window: 45 * MINUTE,
    groups: ['iot'],
    ports: [{ protocol: 'tcp', port: 22, state: 'open', service: service('OpenSSH') }],
  });
  const rest = { device: 1, from: AT, to: AT, openedBy: 1, closedBy: 2 };
  const facts = [...factsOf(ssh), presenceFact('away', AT)];
  const told = facts
    .map((fact) => spanToJson({ ...fact, ...rest }))
    .map(({ kind, key, value, service: what }) => [kind, key, value, what?.product]);
  assert.deepEqual(told, [
    ['presence', '', 'present', undefined],
    ['address', '10.0.0.1', '', undefined],
    ['port', 'tcp/22', 'open', 'OpenSSH'],
    ['label', 'window', '45m', undefined],
    ['label', 'group:iot', '', undefined],
    ['presence', '', 'away', undefined],
  ]);
});
