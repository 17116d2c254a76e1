import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { MINUTE, port, seen } from '../make/device.ts';
import type { Answer } from './scripted-prober.ts';
import { LAN, stand } from './stand.ts';

const bare = { config: { self: { watch: false } } };
const printer = seen('10.0.0.1', 1, { ports: [port(631)] });
const phone = seen('10.0.0.2', 2);

const look = { targets: [LAN], plan: 'ports' } as const;

test('where the output of a scan is not kept, its hosts are who was believed present when it ended', async () => {
  let answer: Answer = { hosts: [phone, printer] };
  const { keeper, clock, end } = await stand({ ...bare, script: () => answer });
  const scan = async (): Promise<number> => {
    const { scan: begun, done } = await keeper.startScan(look);
    await clock.pass(60 * MINUTE);
    await done;
    return begun.id;
  };
  const first = await scan();
  answer = { hosts: [seen('10.0.0.7', 1, { ports: [port(631)] })] };
  let last = await scan();
  for (let i = 0; i < 3; i++) last = await scan();
  const told = async (id: number) => {
    const { hosts, kept } = await keeper.hostsOf(id);
    return [kept, ...hosts.map(({ observation }) => `${observation.address} ${observation.ports.map((open) => open.port).join()}`)];
  };
  assert.deepEqual(await told(first), [false, '10.0.0.1 631', '10.0.0.2 ']);
  assert.deepEqual(await told(last), [false, '10.0.0.7 631'], 'the phone was away, and the printer had moved');
  await end();
});

test('law 1: a scan that failed or still runs has no hosts to hand out, and says why', async () => {
  const { keeper, clock, end } = await stand({
    ...bare,
    script: () => ({ takes: 1000, outcome: 'failed', cause: { code: 'no-carrier', text: 'eth0 has no carrier' } }),
  });
  const { scan, done } = await keeper.startScan(look);
  const refused = (text: RegExp) => (thrown: unknown) => thrown instanceof Fault && thrown.code === 'refused' && text.test(thrown.message);
  await assert.rejects(keeper.hostsOf(scan.id), refused(/still runs/));
  await clock.pass(MINUTE);
  await done;
  await assert.rejects(keeper.hostsOf(scan.id), refused(/eth0 has no carrier/));
  await assert.rejects(keeper.hostsOf(99), (thrown) => thrown instanceof Fault && thrown.code === 'not-found');
  await end();
});
