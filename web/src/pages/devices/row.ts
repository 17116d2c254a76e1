import type { DeviceJson } from '../../../../src/contract/index.ts';

/** What a row shows of a device: whatever holds this much of one can be shown. */
export type Row = Pick<
  DeviceJson,
  | 'id'
  | 'name'
  | 'macs'
  | 'addresses'
  | 'vendor'
  | 'randomizedMac'
  | 'os'
  | 'presence'
  | 'type'
  | 'typeBy'
  | 'owner'
  | 'groups'
  | 'tags'
  | 'importance'
  | 'probed'
  | 'firstSeen'
  | 'lastSeen'
> & {
  readonly ports?: DeviceJson['ports'];
  /** Open ports as text, where only they are told. */
  readonly open?: readonly string[];
};

const known = new WeakMap<Row, readonly string[]>();

/** Open ports, as "22/tcp". The same array while the device is the same object. */
export function openPorts(row: Row): readonly string[] {
  if (row.open) return row.open;
  const before = known.get(row);
  if (before) return before;
  const open = (row.ports ?? []).flatMap(({ protocol, port, state }) => (state === 'open' ? [`${port}/${protocol}`] : []));
  known.set(row, open);
  return open;
}
