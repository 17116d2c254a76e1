/** Choosing among 10,000 devices: the first filter that must guess what each of them is, and those after it. */

import { chosenAmong } from '../src/api/chosen.ts';
import { OWNER, untrusted } from '../src/core/index.ts';
import { AT, device, mac, name, port, service } from '../test/make/device.ts';
import { median, type Row, round, timed } from './row.ts';

const DEVICES = 10_000;
const VENDORS = ['Reolink Innovation Limited', 'Apple, Inc.', 'Espressif Inc.', 'Synology Incorporated', 'Intel Corporate'];
const LONG = 'group:iot presence:present port:443 new:7d ip:10.0.0.0/8 -tag:ok kitchen';

/** None of these filters asks what was approved. */
const NOBODY_ASKED = { keeper: null as never, access: null as never, caller: OWNER, local: true };

export async function filterRows(): Promise<Row[]> {
  const devices = network();
  const chosen = (filter: string) => timed(() => chosenAmong(NOBODY_ASKED, devices, { filter, at: AT }));
  const first = await chosen('type:phone');
  const again: number[] = [];
  const long: number[] = [];
  for (let i = 0; i < 5; i++) {
    again.push(await chosen('type:camera'));
    long.push(await chosen(LONG));
  }
  const named = {
    first: 'filter: first type: of 10,000 devices, each guessed',
    again: 'filter: the same again',
    long: 'filter: seven words',
  };
  return [
    { name: named.first, value: round(first), unit: 'ms', bar: { max: 200 } },
    { name: named.again, value: round(median(again)), unit: 'ms', bar: { max: 25 } },
    { name: named.long, value: round(median(long)), unit: 'ms', bar: { max: 50 } },
  ];
}

const network = () =>
  Array.from({ length: DEVICES }, (_, id) =>
    device({
      id,
      at: [`10.0.${id >> 8}.${id & 255}`],
      groups: ['iot'],
      names: [name(`host-${id}`), name(`kitchen-${id}.lan`)],
      macs: [{ mac: mac(id), vendor: untrusted(VENDORS[id % VENDORS.length] ?? '') }],
      ports: [port(22), port(443), port(80, 'open', service('nginx'))],
      clues: [{ kind: 'dhcp.vendor', value: untrusted('android-dhcp-14') }],
    }),
  );
