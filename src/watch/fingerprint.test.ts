import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, name } from '../../test/make/device.ts';
import type { Device } from '../core/index.ts';
import { viewOfDevices } from '../diff/index.ts';
import { fingerprinted } from './fingerprint.ts';

async function printOf(one: Device): Promise<string | null | undefined> {
  const frame = { source: 'moment', title: '', at: AT, partial: null, coverage: covering([]), scriptChoice: null, warnings: [] } as const;
  return (await fingerprinted(viewOfDevices({ ...frame, devices: [one] }), [one])).entries[0]?.fingerprint;
}

test('when a device was seen or called so is no difference; what it is called is', async () => {
  const before = device({ names: [name('printer')] });
  const same = device({ seenAt: AT + HOUR, names: [{ since: AT, heardAt: AT + HOUR, ...name('printer') }] });
  assert.equal(await printOf(same), await printOf(before));
  for (const names of [[name('printer', 'mdns')], [name('scanner')], []])
    assert.notEqual(await printOf(device({ names })), await printOf(before));
});
