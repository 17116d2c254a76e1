import { bad, canonicalAddress, canonicalMac, type Device, good, type Result } from '../../core/index.ts';

/** Devices by what a row may call them by. */
export interface Index {
  readonly ids: ReadonlyMap<number, Device>;
  readonly macs: ReadonlyMap<string, readonly Device[]>;
  readonly addresses: ReadonlyMap<string, readonly Device[]>;
}

export function indexOf(devices: ReadonlyMap<number, Device>): Index {
  const by = (keys: (device: Device) => readonly string[]): Map<string, Device[]> => {
    const index = new Map<string, Device[]>();
    for (const device of devices.values()) for (const key of keys(device)) index.set(key, [...(index.get(key) ?? []), device]);
    return index;
  };
  return {
    ids: devices,
    macs: by(({ macs }) => macs.map(({ mac }) => mac)),
    addresses: by(({ addresses }) => addresses.map(({ address }) => address)),
  };
}

/** What a row says of which device it means. */
export interface Reference {
  readonly id: string;
  readonly macs: string;
  readonly addresses: string;
}

const parts = (cell: string): string[] =>
  cell
    .split(/[\s,;]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/**
 * The device a row means: by its id, else by its hardware addresses, else by where it was last seen. Where several are given they must
 * mean the same one, but for addresses, which move from one device to another.
 */
export function deviceMeant(index: Index, { id, macs, addresses }: Reference): Result<Device> {
  const byId = id.trim() === '' ? null : numbered(index, id.trim());
  if (byId && !byId.ok) return byId;
  const byMac = parts(macs).length === 0 ? null : carrying(index, parts(macs));
  if (byMac && !byMac.ok) return byId ?? byMac;
  if (byId && byMac && byId.value !== byMac.value)
    return bad(
      `#${byId.value.id} does not have these hardware addresses, but #${byMac.value.id} does`,
      'leave one of the two columns out: numbers are those of the store the table came from',
    );
  return byId ?? byMac ?? seenAt(index, parts(addresses));
}

function numbered({ ids }: Index, text: string): Result<Device> {
  const device = /^#?\d{1,15}$/.test(text) ? ids.get(Number(text.replace('#', ''))) : undefined;
  return device ? good(device) : bad(`there is no device ${JSON.stringify(text.slice(0, 40))}`, 'leave the number out to find it by MAC');
}

function carrying({ macs }: Index, texts: readonly string[]): Result<Device> {
  const known = texts.map(canonicalMac);
  const wrong = texts.find((_, i) => known[i] === undefined);
  if (wrong !== undefined) return bad(`${JSON.stringify(wrong.slice(0, 40))} is no hardware address`, 'write it like 02:00:5e:00:53:01');
  return only(new Set(known.flatMap((mac) => macs.get(mac as string) ?? [])), `a device with ${texts[0]}`);
}

function seenAt({ addresses }: Index, texts: readonly string[]): Result<Device> {
  if (texts.length === 0) return bad('it does not say which device is meant', 'write an id, a hardware address or an address');
  const known = texts.map(canonicalAddress);
  const wrong = texts.find((_, i) => known[i] === undefined);
  if (wrong !== undefined) return bad(`${JSON.stringify(wrong.slice(0, 40))} is no address`, 'write it like 192.168.1.20');
  return only(new Set(known.flatMap((address) => addresses.get(address as string) ?? [])), `a device at ${texts[0]}`);
}

function only(found: ReadonlySet<Device>, what: string): Result<Device> {
  const [first] = found;
  if (!first) return bad(`nobody knows ${what}`, 'leave the row out, or wait until it was seen');
  if (found.size === 1) return good(first);
  return bad(
    `${found.size} devices fit: ${[...found]
      .slice(0, 5)
      .map(({ id }) => `#${id}`)
      .join(', ')}`,
    'name the one that is meant by its id',
  );
}
