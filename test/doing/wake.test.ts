import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { wokenJson } from '../../src/contract/index.ts';
import { untrusted } from '../../src/core/index.ts';
import { WakeLimit } from '../../src/watch/deeds/wake.ts';
import { seen } from '../make/device.ts';
import { stand, watching } from '../watch/stand.ts';
import { CARD, populated } from './populated.ts';

suite('waking a device', () => {
  test('sends to the watched network it was last seen in, and says what', async () => {
    await using house = await populated();
    const { status, json } = await house.ask('POST', '/devices/1/wake');
    assert.equal(status, 200);
    const { sent, device } = wokenJson.strict().parse(json);
    assert.deepEqual([device, sent], [{ id: 1, name: null }, [{ mac: CARD, iface: 'eth0', from: '10.0.0.200', to: '10.0.0.255' }]]);
    assert.deepEqual(
      house.woken.map(({ mac, network }) => [mac, network.iface, network.block]),
      [[CARD, 'eth0', '10.0.0.0/24']],
    );
    assert.ok(house.stand.log.lines.some((line) => line.startsWith('woke a device')));
  });

  test('is refused, with the reason, for addresses that are made up, where none is known, and for nobody', async () => {
    await using house = await populated();
    const refusals = async (reference: string) => {
      const { status, json } = await house.ask('POST', `/devices/${reference}/wake`);
      return [status, json.message, json.remedy];
    };
    const [status, made] = await refusals('2');
    assert.equal(status, 403);
    assert.match(String(made), /02:00:5e:00:00:02 is made up by the device .* no sleeping card listens for that/);
    assert.match(String((await refusals('3'))[1]), /no hardware address of it is known/);
    assert.equal((await refusals('nobody'))[0], 404);
    assert.deepEqual(house.woken, []);
  });

  test('is refused where its network is not watched, or not one of this machine: nothing is ever sent there', async () => {
    const idle = await stand({ config: watching() });
    idle.reader.queue.push({ observations: [{ ...seen('10.0.0.1', 1), mac: CARD }] });
    await idle.keeper.ingest({ bytes: (async function* () {})(), name: untrusted('x'), covers: [] });
    await assert.rejects(idle.keeper.wake(1), /this program cannot send magic packets/);
    await idle.end();
    await using house = await populated();
    await house.set([{ ...seen('10.0.0.9', 9), mac: 'f0:18:98:00:00:09' }]);
    const { id } = house.stand.keeper.findDevice('10.0.0.9');
    const networks = house.stand.keeper.networks();
    assert.ok(networks.some(({ block }) => block === '10.0.0.0/24'));
    await house.client.targets.remove({ reference: '10.0.0.0/24' }).catch(() => undefined);
    await house.stand.watcher.reload({ ...(await import('../watch/stand.ts')).silent, ...watching() });
    const { status, json } = await house.ask('POST', `/devices/${id}/wake`);
    assert.equal(status, 403);
    assert.match(json.message, /last seen in no watched network that this machine stands in/);
    assert.deepEqual(house.woken, []);
  });

  test('is refused a moment later, and for all together after twenty in a minute', async () => {
    await using house = await populated();
    await house.client.devices.wake({ device: '1' });
    assert.match((await house.ask('POST', '/devices/1/wake')).json.message, /it was woken a moment ago/);
    await house.stand.clock.pass(10_000);
    await house.client.devices.wake({ device: '1' });
    assert.equal(house.woken.length, 2);
  });

  test('no more than twenty are woken in a minute, however they are asked for', () => {
    const limit = new WakeLimit();
    for (let device = 1; device <= 20; device++) limit.take(device, device);
    assert.throws(() => limit.take(21, 59_000), /20 were woken in the last minute/);
    assert.throws(() => limit.take(20, 9_000), /a moment ago/);
    limit.take(21, 60_020);
    limit.take(21, 0); // the clock was set back
  });

  test('one that is not to be probed may be woken: it is asked nothing', async () => {
    await using house = await populated();
    await house.client.devices.edit({ reference: '1', probed: false });
    await house.client.devices.wake({ device: '1' });
    assert.equal(house.woken.length, 1);
  });
});
