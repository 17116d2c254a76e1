import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { daily, declared, every, LAN, stand, told, watching } from './stand.ts';

const router = seen('10.0.0.1', 1);

test('a device that is not to be probed is asked by nobody, and leaves nobody for it', async () => {
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [router] }) });
  await house.clock.pass(5 * MINUTE);
  await house.keeper.editDevices([1], { probed: false });
  const before = house.prober.looks.length;
  await house.clock.pass(5 * HOUR);
  const asked = new Set(house.prober.looks.slice(before).map(({ addresses }) => addresses));
  assert.deepEqual([...asked], ['10.0.0.0,10.0.0.2-10.0.0.255']);
  assert.deepEqual(
    (await told(house)).filter((one) => one.startsWith('device.left')),
    [],
  );
  await house.end();
});

test('where it turns up anew it is seen, and not asked for its name', async () => {
  let hosts = [router, seen('10.0.0.2', 2)];
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts }) });
  await house.clock.pass(5 * MINUTE);
  await house.keeper.editDevices([1], { probed: false });
  const before = house.names.asked.length;
  hosts = [seen('10.0.0.77', 1), seen('10.0.0.2', 2)];
  await house.clock.pass(5 * MINUTE);
  assert.ok(house.keeper.findDevice('1').addresses.some(({ address }) => address === '10.0.0.77'));
  assert.deepEqual([...new Set(house.names.asked.slice(before))], ['10.0.0.2']);
  await house.end();
});

test('where whoever is there is spared a plan, nobody is asked by it, and that is no blindness', async () => {
  const house = await stand({
    config: watching(declared(LAN, every(MINUTE), daily('0 9 * * *', 'UTC', 'ports'), daily('0 10 * * *', 'UTC', 'udp'))),
    script: () => ({ hosts: [router] }),
  });
  await house.clock.pass(5 * MINUTE);
  await house.keeper.editDevices([1], { type: 'printer' });
  const [before, looks] = [(await told(house)).length, house.prober.looks.length];
  await house.clock.pass(4 * HOUR);
  const asked = new Set(house.prober.looks.slice(looks).map(({ plan }) => plan));
  assert.deepEqual([...asked], ['sweep', 'ports'], 'a printer is not asked by UDP');
  await house.keeper.editDevices([1], { probed: false });
  await house.clock.pass(48 * HOUR);
  assert.deepEqual(
    (await told(house)).slice(before).filter((one) => one.startsWith('vantage')),
    [],
  );
  await house.end();
});

test('R11: without raw packets UDP cannot be asked: that scan fails, and nobody is blind for it', async () => {
  const cause = { code: 'no-privilege', text: 'nmap failed: You requested a scan type which requires root privileges.' } as const;
  const house = await stand({
    config: watching(declared(LAN, every(MINUTE), daily('0 9 * * *', 'UTC', 'udp'))),
    script: ({ plan }) => (plan === 'udp' ? { outcome: 'failed', cause } : { hosts: [router] }),
  });
  await house.clock.pass(2 * HOUR);
  const [scan] = await house.keeper.scans({ plan: 'udp', limit: 1 });
  assert.deepEqual([scan?.outcome, scan?.cause], ['failed', cause]);
  assert.deepEqual(
    (await told(house)).filter((one) => one.startsWith('vantage')),
    [],
  );
  await house.end();
});
