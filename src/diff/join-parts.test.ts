import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device, mac, name, port } from '../../test/make/device.ts';
import { script } from '../../test/make/view.ts';
import { type Device, parsePorts, type ViewDevice } from '../core/index.ts';
import { joinDevices } from './join-parts.ts';

const part = (fields: Parameters<typeof device>[0], more: Partial<ViewDevice> = {}): ViewDevice => ({
  device: device(fields),
  unlisted: [],
  scripts: [],
  ...more,
});
const asking = (tcp: string, udp?: string): Device['asked'] => ({ tcp: parsePorts(tcp) ?? [], ...(udp && { udp: parsePorts(udp) ?? [] }) });

test('a device in one part is left as it is', () => {
  const whole = part({});
  assert.equal(joinDevices([whole]), whole);
});

test('the parts of a device as one have all addresses, names and MACs, and a port open where any has', () => {
  const first = part(
    { at: ['fd00::1'], macs: [{ mac: mac(2), vendor: null }], names: [name('b')], ports: [port(22, 'filtered'), port(80)] },
    { scripts: [script('x', '1')] },
  );
  const second = part(
    { at: ['10.0.0.1', 'fd00::1'], macs: [{ mac: mac(1), vendor: null }], names: [name('a'), name('b')], ports: [port(22)] },
    { scripts: [script('y', '2')] },
  );
  const { device: joined, scripts } = joinDevices([first, second]);
  assert.deepEqual(
    joined.addresses.map(({ address }) => address),
    ['10.0.0.1', 'fd00::1'],
  );
  assert.deepEqual(
    [joined.macs.map((one) => one.mac), joined.names.map((one) => one.name)],
    [
      [mac(1), mac(2)],
      ['a', 'b'],
    ],
  );
  assert.deepEqual(joined.ports, [port(22), port(80)]);
  assert.deepEqual(scripts, [script('x', '1'), script('y', '2')]);
});

test('law 2: of all parts together only what each of them was asked was asked, and what any lists', () => {
  const joined = joinDevices([
    part({ asked: asking('1-100,200-300', '53') }),
    part({ asked: asking('50-250,300') }),
    part({ asked: asking('1-1000'), ports: [port(7)] }),
  ]);
  assert.deepEqual(joined.device.asked, asking('7,50-100,200-250,300'));
});
