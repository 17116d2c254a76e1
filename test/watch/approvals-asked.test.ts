import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDefinedError, safe } from '@orpc/client';
import { createRouterClient } from '@orpc/server';
import { createRouter } from '../../src/api/router.ts';
import type { RollcallClient } from '../../src/contract/index.ts';
import { asOwner } from '../http/fake-access.ts';
import { covering, HOUR, port, seen, service } from '../make/device.ts';
import { declared, every, LAN, type Stand, stand, watching } from './stand.ts';

const config = watching(declared(LAN, every(HOUR)));
const nas = seen('10.0.0.1', 1, { ports: [port(22, 'open', service('OpenSSH', { name: 'ssh', version: '9.2p1' }))] });
const camera = seen('10.0.0.2', 2, { ports: [port(80)] });

/** A house with two devices, and a client of it. */
async function asked(): Promise<{ house: Stand; client: RollcallClient }> {
  const house = await stand({ config, script: () => ({ hosts: [nas, camera], coverage: covering([LAN], '1-1000') }) });
  await house.clock.pass(HOUR);
  const context = { ...asOwner(), keeper: house.keeper, now: () => house.clock.now() };
  return { house, client: createRouterClient(createRouter(), { context }) };
}

const refusal = async (answer: Promise<unknown>): Promise<string> => {
  const { error } = await safe(answer);
  assert.ok(isDefinedError(error), String(error));
  return `${(error as { code: string }).code}: ${(error as Error).message}`;
};

test('filters find what is approved and what is not, and what differs', async () => {
  const { house, client } = await asked();
  const ids = async (filter: string, at?: string): Promise<number[]> =>
    (await client.devices.list({ filter, ...(at !== undefined && { at }) })).map(({ id }) => id);
  assert.deepEqual(await ids('approved:no'), [1, 2]);
  assert.match(await refusal(ids('drift:yes')), /not-found: judging drift of home: there is no baseline yet/);
  await client.approvals.approve({ devices: ['10.0.0.1'] });
  assert.deepEqual([await ids('approved:yes'), await ids('approved:no'), await ids('drift:yes')], [[1], [2], [2]]);
  const { made } = await client.approvals.approve({ filter: 'approved:no' });
  assert.equal(made, 2);
  assert.deepEqual([await ids('approved:no'), await ids('drift:yes'), await ids('-drift:yes')], [[], [], [1, 2]]);
  assert.deepEqual(await ids('approved:yes', '1h'), [], 'an hour ago nothing was');
  assert.match(await refusal(ids('drift:maybe')), /neither yes nor no/);
  await house.end();
});

test('a host nobody knows may be approved by address or hardware address, and by nothing else', async () => {
  const { house, client } = await asked();
  await client.approvals.approve({ devices: ['10.0.0.9', '02-00-5E-00-53-99'], services: ['22'], version: 'port' });
  const list = await client.approvals.list();
  assert.deepEqual(
    list.map(({ device, port: at, deviceId }) => [device, at, deviceId]),
    [
      ['10.0.0.9', '22/tcp', null],
      ['02:00:5e:00:53:99', '22/tcp', null],
    ],
  );
  assert.match(await refusal(client.approvals.approve({ devices: ['nobody.lan'] })), /not-found: finding device/);
  assert.equal((await client.approvals.revoke({ devices: ['10.0.0.9'] })).length, 1);
  assert.match(await refusal(client.approvals.revoke({ devices: ['10.0.0.9'] })), /not-found: revoking approvals/);
  await house.end();
});

test('what is said unclearly is refused', async () => {
  const { house, client } = await asked();
  const device = { devices: ['10.0.0.1'] };
  const cases: [Promise<unknown>, RegExp][] = [
    [client.approvals.approve({}), /bad-input: approving devices: which ones is not clear/],
    [client.approvals.approve({ ...device, filter: 'x' }), /which ones is not clear/],
    [client.approvals.approve({ filter: '  ' }), /the filter is blank/],
    [client.approvals.approve({ ...device, services: ['http'] }), /reading service "http": it is no port/],
    [client.approvals.approve({ ...device, version: 'new' }), /reading version range "new"/],
    [client.approvals.approve({ ...device, until: '2020-01-01' }), /approving until 2020-01-01T00:00:00.000Z: that is over/],
    [client.approvals.approve({ ...device, until: '9999999w' }), /approving so long: no clock goes so far/],
    [client.approvals.approve({ ...device, until: 'soon' }), /reading moment "soon"/],
    [client.approvals.approve({ ...device, why: 'two\nlines' }), /more than a line/],
    [client.approvals.revoke({}), /revoking approvals: which ones is not clear/],
    [client.approvals.revoke({ ids: [99] }), /not-found: revoking approval 99/],
    [client.approvals.policy({ group: 'iot', rule: 'only', ports: '80' }), /not-found: finding group "iot"/],
    [client.approvals.policy({ rule: 'only', ports: 'all' }), /"all" is no port/],
    [client.approvals.drift({ target: '9' }), /not-found: finding target 9/],
    [client.approvals.import({ entries: [{ device: 'x' }, { group: 'iot' }] }), /bad-input: reading entry 2: a policy is one of/],
  ];
  for (const [answer, message] of cases) assert.match(await refusal(answer), message);
  assert.deepEqual(await client.approvals.list({ over: 'yes' }), []);
  await house.end();
});

test('export has always the same order, without devices that were forgotten', async () => {
  const { house, client } = await asked();
  await client.approvals.policy({ rule: 'nowhere', ports: '23', why: 'plain text' });
  await client.approvals.approve({ devices: ['10.0.0.2', '10.0.0.1'], by: 'ada' });
  const entries = await client.approvals.export();
  assert.deepEqual(entries, [
    { device: '02:00:5e:00:00:01', by: 'ada' },
    { device: '02:00:5e:00:00:01', port: '22/tcp', service: 'ssh', serves: 'OpenSSH 9.2p1', by: 'ada' },
    { device: '02:00:5e:00:00:02', by: 'ada' },
    { device: '02:00:5e:00:00:02', port: '80/tcp', by: 'ada' },
    { everywhere: true, nowhere: '23', why: 'plain text' },
  ]);
  await client.devices.forget({ devices: ['10.0.0.2'] });
  assert.deepEqual(await client.approvals.export(), [entries[0], entries[1], entries[4]]);
  await house.end();
});

test('a baseline approves what is there at its own moment', async () => {
  const { house, client } = await asked();
  const { at, approved } = await client.baselines.make({ note: 'first', by: 'ada' });
  assert.deepEqual([approved.devices, approved.services, approved.portOnly, approved.made], [2, 2, 1, 4]);
  assert.ok((await client.approvals.list()).every((one) => one.at === at && one.by === 'ada' && one.why === 'first'));
  await house.clock.pass(HOUR);
  assert.deepEqual((await client.approvals.drift({ at })).items, []);
  assert.match(await refusal(client.approvals.drift({ at: new Date(Date.parse(at) - 1).toISOString() })), /no baseline yet/);
  await house.end();
});

test('a group that is called otherwise keeps its policies', async () => {
  const { house, client } = await asked();
  await client.groups.add({ group: 'iot', devices: ['10.0.0.2'] });
  await client.approvals.approve({ filter: 'approved:no' });
  await client.approvals.policy({ group: 'iot', rule: 'nowhere', ports: '80', why: 'no web', by: 'ada' });
  const forbidden = async (): Promise<string[]> => (await client.approvals.drift()).items.map(({ kind }) => kind);
  assert.deepEqual(await forbidden(), ['service.forbidden']);
  await client.groups.rename({ group: 'iot', name: 'Things ' });
  assert.deepEqual(await forbidden(), ['service.forbidden']);
  const [policy] = (await client.approvals.list()).filter(({ nowhere }) => nowhere !== undefined);
  assert.deepEqual([policy?.group, policy?.why, policy?.by], ['Things', 'no web', 'ada']);
  await house.end();
});
