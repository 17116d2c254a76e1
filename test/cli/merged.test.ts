import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRouterClient } from '@orpc/server';
import { createRouter } from '../../src/api/index.ts';
import { asOwner } from '../http/fake-access.ts';
import { HOUR, MINUTE, mac, seen } from '../make/device.ts';
import { declared, every, LAN, type Stand, stand, watching } from '../watch/stand.ts';
import { type Ran, rollcall } from './fake-world.ts';

/** A phone that was #2 with an old name, then #3, and is one device since. */
async function house(): Promise<Stand> {
  let phone = seen('10.0.0.5', 5);
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [seen('10.0.0.1', 1), phone] }) });
  await home.clock.pass(2 * HOUR);
  await home.keeper.editDevices([2], { alias: 'old phone' });
  phone = seen('10.0.0.6', 6);
  await home.clock.pass(2 * HOUR);
  await home.keeper.editDevices([3], { alias: 'phone' });
  await home.keeper.mergeDevices({ keep: 3, absorb: [2] });
  await home.clock.pass(HOUR);
  return home;
}

const asked = ({ keeper, clock }: Stand, ...argv: string[]): Promise<Ran> => {
  const now = (): number => clock.now();
  const client = createRouterClient(createRouter(), { context: { ...asOwner(), keeper, now } });
  return rollcall(argv, { world: { now, openInProcess: async () => ({ client, daemon: false, close: async () => {} }) } });
};

test('a merged device is reached by its number and its old name, and says what it is part of', async () => {
  const home = await house();
  for (const reference of ['2', 'old phone']) {
    assert.match((await asked(home, 'device', reference)).out, /^phone {2}#2, part of #3 {2}present\n/);
    assert.match((await asked(home, 'why', reference, '--device')).out, /^phone {2}#2, part of #3 {2}present\n/);
    assert.match((await asked(home, 'timeline', reference)).out, /^phone \(#2, part of #3\) [^]*\n100 % present [^]*; 1 session\n/);
  }
  assert.deepEqual((await asked(home, 'device', '2', '--json')).json().part, { id: 2, name: 'old phone' });
  for (const reference of ['3', 'phone', mac(5)]) assert.match((await asked(home, 'device', reference)).out, /^phone {2}#3 {2}present\n/);
  await home.end();
});

test('changes of a device are told with those of what was merged into it, by either number', async () => {
  const home = await house();
  const whole = await asked(home, 'changes', '--device', '3');
  assert.match(whole.out, /device\.appeared +#2 [^]*device\.appeared +phone \(#3\) [^]*device\.merged +#2 /);
  assert.equal((await asked(home, 'changes', '--device', '2')).out, whole.out);
  assert.match((await asked(home, 'device', '3')).out, /device\.merged +#2 /);
  await home.end();
});

test('who was merged already is neither merged again nor forgotten in place of its whole', async () => {
  const home = await house();
  for (const argv of [
    ['merge', '3', '2'],
    ['merge', '1', 'old phone'],
    ['forget', '2', '--yes'],
  ]) {
    const { code, err } = await asked(home, ...argv);
    assert.equal(code, 2);
    assert.match(err, /2: it is part of #3 by now\n/);
  }
  assert.equal(home.keeper.findDevice('phone').id, 3);
  await home.end();
});
