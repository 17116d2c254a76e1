import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, HOUR, port, seen } from '../make/device.ts';
import { certificate, serving } from '../make/serving.ts';
import type { Script } from './scripted-prober.ts';
import { declared, every, LAN, type Stand, stand, told, watching } from './stand.ts';

const DAY = 24 * HOUR;
const ENDS = 2 * DAY;
const shown = serving({ certificate: certificate({ notAfter: new Date(AT + ENDS).toISOString() }) });
/** Only looks that ask versions are shown the certificate; sweeps merely see that the device is there. */
const script: Script = ({ order }) => ({
  hosts: [
    seen('10.0.0.1', 1, { ports: order.plan.ports === null ? [] : [{ ...port(443), ...(order.plan.versions && { serving: shown }) }] }),
  ],
});
const config = { ...watching(declared(LAN, every(3 * HOUR))), services: { certificateDays: 1, scripts: 'identity' as const } };

async function again({ store, clock, end }: Stand): Promise<Stand> {
  await end();
  return stand({ config, store, clock, script });
}

test('a certificate is told of by sweeps alone, the days of the config before its end and at its end, once over all restarts', async () => {
  let house = await stand({ config, script });
  const { done } = await house.keeper.startScan({ targets: ['10.0.0.1'], plan: 'services' });
  await Promise.all([done, house.clock.pass(10_000)]);
  const expiring = async (): Promise<number> => (await told(house)).filter((kind) => kind === 'certificate.expiring 1').length;
  for (const [days, count] of [
    [0.5, 0],
    [0.75, 1],
    [0.5, 1],
    [0.5, 2],
    [1, 2],
  ] as const) {
    await house.clock.pass(days * DAY);
    assert.equal(await expiring(), count, `after ${days} more days`);
    house = await again(house);
  }
  const stages = (await house.store.changes({ kinds: ['certificate.expiring'], limit: 10 })).map(({ at, after }) => [
    after?.['stage'],
    Math.floor((at - AT) / DAY),
  ]);
  assert.deepEqual(stages, [
    ['soon', 1],
    ['expired', 2],
  ]);
  await house.end();
});
