import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { deviceScanJson } from '../../src/contract/index.ts';
import { HOUR, seen } from '../make/device.ts';
import { hosts, populated } from './populated.ts';

suite('scanning one device', () => {
  test('looks where it was last seen, says what it will cost, and a dry run begins nothing', async () => {
    await using house = await populated();
    const dry = await house.ask('POST', '/devices/1/scan', { plan: 'ports', ports: '22,80', dryRun: true });
    assert.equal(dry.status, 200, dry.text);
    const told = deviceScanJson.strict().parse(dry.json);
    assert.deepEqual([told.scan, told.addresses, told.forecast.plan], [null, ['10.0.0.1'], 'ports']);
    assert.ok(told.forecast.worst.packets > 0);
    const looks = house.stand.prober.looks.length;
    await house.stand.clock.pass(1000);
    assert.equal(house.stand.prober.looks.length, looks);
    const { json } = await house.ask('POST', '/devices/1/scan', { plan: 'ports', ports: '22,80' });
    const { scan } = deviceScanJson.strict().parse(json);
    assert.deepEqual([scan?.subject, scan?.plan, scan?.target, scan?.outcome], ['10.0.0.1', 'ports', null, 'running']);
    await house.stand.clock.pass(HOUR / 4);
  });

  test('is refused for one that is not to be probed, for one nobody saw, and where another one is by now', async () => {
    await using house = await populated();
    await house.client.devices.edit({ reference: '1', probed: false });
    const spared = await house.ask('POST', '/devices/1/scan', {});
    assert.match(spared.json.message, /whoever is there is not to be probed/);
    await house.set([...hosts().slice(1, 2), { ...seen('10.0.0.3', 33) }, { ...seen('10.0.0.1', 44) }]);
    const taken = house.stand.keeper.roll().devices.find(({ macs }) => macs[0]?.mac === 'f0:18:98:00:00:01');
    const refused = await house.ask('POST', `/devices/${taken?.id}/scan`, { plan: 'sweep' });
    assert.equal(refused.status, 403, refused.text);
    assert.match(refused.json.message, /10.0.0.1 is where #\d+ \(unnamed\) is by now/);
    assert.equal((await house.ask('POST', '/devices/77/scan', {})).status, 404);
    assert.match((await house.ask('POST', '/devices/2/scan', { plan: '-oX' })).json.message, /^reading plan/);
  });
});
