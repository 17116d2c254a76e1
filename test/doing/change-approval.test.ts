import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { changeApprovalJson } from '../../src/contract/index.ts';
import { port } from '../make/device.ts';
import { hosts, type Populated, populated } from './populated.ts';

const seqOf = async ({ stand }: Populated, kind: string, device: number, nth = -1): Promise<number> =>
  (await stand.keeper.changes({ device, limit: 1000 })).filter((change) => change.kind === kind).at(nth)?.seq ?? assert.fail(`no ${kind}`);

const allowed = async ({ client }: Populated): Promise<string[]> =>
  (await client.approvals.list())
    .map(({ deviceId, port: place, serves }) => `${deviceId} ${place ?? 'here'} ${serves ?? ''}`.trim())
    .sort();

suite('approving from a change', () => {
  test('who appeared may be here, and what opened may be open: each change covers itself and nothing more', async () => {
    await using house = await populated();
    const [here, opened] = [await seqOf(house, 'device.appeared', 2), await seqOf(house, 'device.appeared', 1)];
    const { status, json, text } = await house.ask('POST', '/changes/approve', { seqs: [here, opened, here], why: 'ours', by: 'anna' });
    assert.equal(status, 200, text);
    const done = changeApprovalJson.strict().parse(json);
    assert.deepEqual(
      done.items.map(({ covers, device, reason }) => [covers, device?.id, reason]),
      [
        ['device', 2, null],
        ['device', 1, null],
      ],
    );
    assert.deepEqual([done.made, done.replaced, done.already], [2, 0, 0]);
    assert.deepEqual(await allowed(house), ['1 here', '2 here']);
    await house.set([{ ...(hosts()[0] as object), ports: [...(hosts()[0]?.ports ?? []), port(443)] } as never, ...hosts().slice(1)]);
    const fresh = await seqOf(house, 'port.opened', 1);
    await house.client.changes.approve({ seqs: [fresh] });
    assert.deepEqual(await allowed(house), ['1 443/tcp', '1 here', '2 here']);
    const again = await house.client.changes.approve({ seqs: [fresh] });
    assert.deepEqual([again.made, again.already], [0, 1]);
    const [undo] = await house.client.undo.list();
    await house.client.undo.do({ of: undo?.ref ?? '' });
    assert.deepEqual(await allowed(house), ['1 here', '2 here']);
    assert.deepEqual(house.failures, []);
  });

  test('another version is approved as it serves now; one that changed again since is told, and nothing is approved', async () => {
    await using house = await populated();
    await house.set(hosts('9.3'));
    const first = await seqOf(house, 'service.changed', 1);
    await house.client.changes.approve({ seqs: [first] });
    assert.deepEqual(await allowed(house), ['1 22/tcp OpenSSH 9.3']);
    await house.set(hosts('9.4'));
    const [newer, appeared] = [await seqOf(house, 'service.changed', 1), await seqOf(house, 'device.appeared', 2)];
    const { status, json } = await house.ask('POST', '/changes/approve', { seqs: [appeared, first] });
    assert.deepEqual([status, json.message], [409, `approving change ${first}: it changed again since, by change ${newer}`]);
    assert.deepEqual(await allowed(house), ['1 22/tcp OpenSSH 9.3'], 'none of them');
    const dry = await house.client.changes.approve({ seqs: [appeared, first, newer], dryRun: true });
    assert.deepEqual(
      dry.items.map(({ covers, reason }) => [covers, reason]),
      [
        ['device', null],
        [null, `it changed again since, by change ${newer}`],
        ['service', null],
      ],
    );
    assert.deepEqual(await allowed(house), ['1 22/tcp OpenSSH 9.3']);
  });

  test('what cannot be approved says why: there is no such change, it is about nobody, or nothing of it is a matter of approval', async () => {
    await using house = await populated();
    await house.client.devices.edit({ reference: '1', name: 'x' });
    const edited = await seqOf(house, 'device.edited', 1);
    const refusals: readonly [body: object, status: number, message: RegExp][] = [
      [{ seqs: [99_999] }, 403, /approving change 99999: there is no such change/],
      [{ seqs: [edited] }, 403, /nothing of "device.edited" can be approved/],
      [{ seqs: [] }, 400, /reading seqs/],
      [{ seqs: [0] }, 400, /reading seqs/],
      [{ seqs: [1.5] }, 400, /reading seqs/],
      [{ seqs: Array.from({ length: 1001 }, (_, i) => i + 1) }, 400, /reading seqs of 1001/],
      [{ seqs: [1], until: '2020-01-01' }, 400, /that is over/],
      [{ seqs: [1], version: '>=1' }, 400, /reading version/],
    ];
    for (const [body, status, message] of refusals) {
      const reply = await house.ask('POST', '/changes/approve', body);
      assert.equal(reply.status, status, reply.text);
      assert.match(reply.json.message, message);
    }
    const gone = await seqOf(house, 'device.appeared', 3);
    await house.client.devices.forget({ devices: ['3'] });
    assert.match((await house.ask('POST', '/changes/approve', { seqs: [gone] })).json.message, /its device was forgotten/);
    assert.deepEqual(await allowed(house), []);
  });

  test('of a merged device it is approved for what it is part of by now', async () => {
    await using house = await populated();
    const seq = await seqOf(house, 'device.appeared', 2);
    await house.client.merges.merge({ keep: '1', absorb: ['2'] });
    await house.client.changes.approve({ seqs: [seq] });
    assert.deepEqual(await allowed(house), ['1 here']);
  });
});
