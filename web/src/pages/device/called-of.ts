import type { DeviceJson } from '../../../../src/contract/index.ts';

/** What to call a device, whether it has a name or not: text from the network. */
export const calledOf = ({ id, name, addresses, macs }: DeviceJson, nameless: string): string =>
  name ?? addresses[0] ?? macs[0] ?? `${nameless} #${id}`;
