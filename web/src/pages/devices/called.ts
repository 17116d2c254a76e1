import { visible } from '../../parts/visible.ts';

/** More signs of one value are never shown in a line; the page of the device has all of it. */
export const LONGEST = 120;

/** Text from the network as a line shows it. */
export const shortened = (text: string): string => visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

interface Named {
  readonly id: number;
  readonly name: string | null;
  readonly addresses: readonly string[];
  readonly macs: readonly string[];
}

/** What to call a device in a line, whether it has a name or not. */
export const calledOfDevice = ({ id, name, addresses, macs }: Named, nameless: string): string =>
  shortened(name ?? addresses[0] ?? macs[0] ?? `${nameless} #${id}`);
