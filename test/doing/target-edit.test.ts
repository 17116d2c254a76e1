import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { editedTargetJson } from '../../src/contract/index.ts';
import { AT, HOUR } from '../make/device.ts';
import { daily, declared, every, LAN, watching } from '../watch/stand.ts';
import { openHouse } from './open-house.ts';

suite('editing a target', () => {
  test('it keeps its number and its history; what is left out stays; the next runs are told', async () => {
    await using house = await openHouse({ script: () => ({ hosts: [] }) });
    const { id } = await house.client.targets.add({ target: LAN, schedule: [{ plan: 'sweep', every: '5m' }], window: '1h' });
    await house.stand.clock.pass(HOUR);
    const scans = (await house.client.scans.list({ target: id })).length;
    const schedule = [
      { plan: 'sweep', every: '10m' },
      { plan: 'ports', at: '0 3 * * *', zone: 'UTC' },
    ];
    const { status, json, text } = await house.ask('PATCH', `/targets/${id}`, { schedule, iface: 'eth0' });
    assert.equal(status, 200, text);
    const { target, next } = editedTargetJson.strict().parse(json);
    assert.deepEqual([target.id, target.window, target.iface, target.schedule.length], [id, '1h', 'eth0', 2]);
    const [sweep, ports] = next;
    const times = sweep?.dueAt.map((at) => Date.parse(at)) ?? [];
    assert.equal(times.length, 5);
    assert.deepEqual(
      times.slice(1).map((at, i) => at - (times[i] ?? 0)),
      [600_000, 600_000, 600_000, 600_000],
    );
    assert.deepEqual(ports?.dueAt.slice(0, 2), ['2026-01-06T03:00:00.000Z', '2026-01-07T03:00:00.000Z']);
    assert.ok(times.every((at) => at > AT + HOUR));
    assert.equal((await house.client.scans.list({ target: id })).length >= scans, true);
    assert.deepEqual(
      (await house.client.targets.list()).map((one) => one.target),
      [target],
    );
    const { target: plain } = await house.client.targets.edit({ reference: LAN, window: null, iface: null });
    assert.deepEqual([plain.id, plain.window, plain.iface, plain.schedule], [id, null, null, target.schedule]);
    assert.deepEqual(house.failures, []);
  });

  test('plans are switched off and, at their usual times, on; the last one cannot be', async () => {
    await using house = await openHouse({ script: () => ({ hosts: [] }) });
    await house.client.targets.add({ target: LAN });
    const plans = async (list: { plan: 'sweep' | 'ports' | 'services'; on: boolean }[]) =>
      (await house.client.targets.edit({ reference: LAN, plans: list })).target.schedule.map(
        ({ plan, every: often, at }) => `${plan} ${often ?? at}`,
      );
    assert.deepEqual(await plans([{ plan: 'ports', on: false }]), ['sweep 1m']);
    assert.deepEqual(
      await plans([
        { plan: 'ports', on: true },
        { plan: 'ports', on: true },
      ]),
      ['sweep 1m', 'ports 0 3 * * *'],
    );
    await assert.rejects(
      plans([
        { plan: 'ports', on: false },
        { plan: 'sweep', on: false },
      ]),
      /nothing would be left of it/,
    );
    await assert.rejects(plans([{ plan: 'services', on: true }]), /it has no usual times/);
    assert.deepEqual(await plans([]), ['sweep 1m', 'ports 0 3 * * *'], 'what was refused changed nothing');
  });

  test('a dry run changes nothing, and says when it would be looked', async () => {
    await using house = await openHouse({ script: () => ({ hosts: [] }) });
    await house.client.targets.add({ target: LAN, schedule: [{ plan: 'sweep', every: '5m' }] });
    const dry = await house.client.targets.edit({
      reference: LAN,
      schedule: [{ plan: 'ports', at: '30 2 * * 1', zone: 'Europe/Berlin' }],
      dryRun: true,
    });
    assert.deepEqual([dry.dryRun, dry.target.schedule[0]?.plan, dry.next[0]?.dueAt[0]], [true, 'ports', '2026-01-12T01:30:00.000Z']);
    assert.equal((await house.client.targets.list())[0]?.target.schedule[0]?.plan, 'sweep');
  });

  test('what the config file declares, what is never or always due, and what there is not, is refused with a remedy', async () => {
    const config = watching(declared('10.0.0.0/28', every(HOUR), daily('0 3 * * *')));
    await using house = await openHouse({ config, script: () => ({ hosts: [] }) });
    await house.client.targets.add({ target: '10.0.0.64/28', schedule: [{ plan: 'sweep', every: '5m' }] });
    const before = await house.client.targets.list();
    const refusals: readonly [reference: string, edit: object, status: number, message: RegExp][] = [
      ['10.0.0.0/28', { window: '2h' }, 403, /^changing 10.0.0.0\/28: the config file declares it/],
      ['10.0.0.0/28', { dryRun: true }, 403, /the config file declares it/],
      ['10.9.9.9', { window: '2h' }, 404, /it is not watched/],
      ['10.0.0.64/28', { schedule: [{ plan: 'sweep', every: '1s' }] }, 400, /shorter than a scan/],
      ['10.0.0.64/28', { schedule: [{ plan: 'sweep', at: '0 0 30 2 *' }] }, 400, /names a day that no month has/],
      ['10.0.0.64/28', { schedule: [{ plan: 'sweep', at: 'x' }] }, 400, /reading cron line/],
      ['10.0.0.64/28', { schedule: [{ plan: 'sweep', at: '0 3 * * *', zone: 'Mars/Base' }] }, 400, /no such zone/],
      ['10.0.0.64/28', { schedule: [] }, 400, /nothing would be left/],
      ['10.0.0.64/28', { schedule: [1, 2].map(() => ({ plan: 'sweep', every: '5m' })) }, 400, /is there twice/],
      ['10.0.0.64/28', { schedule: Array.from({ length: 17 }, () => ({ plan: 'sweep', every: '5m' })) }, 400, /reading schedule of 17/],
      ['10.0.0.64/28', { iface: '-x;rm' }, 400, /reading interface/],
      ['10.0.0.64/28', { window: 'soon' }, 400, /not a length of time/],
      ['10.0.0.64/28', { target: '8.8.8.8' }, 400, /unrecognized key/],
    ];
    for (const [reference, edit, status, message] of refusals) {
      const reply = await house.ask('PATCH', `/targets/${encodeURIComponent(reference)}`, edit);
      assert.equal(reply.status, status, reply.text);
      assert.match(reply.json.message, message);
      if (status === 403) assert.match(reply.json.remedy, /\[\[target\]\] entry in rollcall.toml/);
    }
    assert.deepEqual(await house.client.targets.list(), before);
  });

  test('"watch this" is a network of this machine added by its block; a public range is refused whoever asks', async () => {
    await using house = await openHouse({ script: () => ({ hosts: [] }) });
    const [network] = (await house.client.networks.list()).filter(({ loopback }) => !loopback);
    assert.deepEqual([network?.block, network?.watched], [LAN, false]);
    await house.client.targets.add({ target: network?.block ?? '', ...(network && { iface: network.iface }) });
    assert.equal((await house.client.networks.list()).find(({ block }) => block === LAN)?.watched, true);
    for (const target of ['8.8.8.0/24', '100.64.0.0/24', '224.0.0.1', '0.0.0.0/0']) {
      const reply = await house.ask('POST', '/targets', { target });
      assert.ok([400, 403].includes(reply.status), reply.text);
    }
    assert.equal((await house.client.targets.list()).length, 1);
  });
});
