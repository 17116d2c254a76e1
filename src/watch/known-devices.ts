import type { Device, View, ViewEntry } from '../core/index.ts';

/** The same view, with the devices that the store knew by then: their ids, and the names people gave them. */
export function knownDevices(view: View, known: readonly Device[]): View {
  const find = finderIn(known);
  const found = onlyOnce(view.entries.map(find));
  return {
    ...view,
    entries: view.entries.map((entry, i) => ({ ...entry, device: found[i]?.id ?? null })),
    read(entry) {
      const seen = view.read(entry);
      const stored = found[entry];
      if (!stored) return seen;
      const { id, site, labels } = stored;
      return { ...seen, device: { ...seen.device, id, site, labels } };
    },
  };
}

/** By hardware address; where the scan saw none, by address, as long as only one device is there. */
function finderIn(known: readonly Device[]): (entry: ViewEntry) => Device | undefined {
  const byMac = Map.groupBy(
    known.flatMap((device) => device.macs.map(({ mac }) => ({ key: mac, device }))),
    ({ key }) => key,
  );
  const present = known.filter(({ presence }) => presence === 'present');
  const byAddress = Map.groupBy(
    present.flatMap((device) => device.addresses.map(({ address }) => ({ key: address, device }))),
    ({ key }) => key,
  );
  return ({ macs, addresses }) => {
    const [keys, holders] = macs.length > 0 ? [macs, byMac] : [addresses, byAddress];
    const devices = new Set(keys.flatMap((key) => holders.get(key) ?? []).map(({ device }) => device));
    return devices.size === 1 ? devices.values().next().value : undefined;
  };
}

/** Two hosts of one look that would be one device are nobody's for sure. */
function onlyOnce(devices: readonly (Device | undefined)[]): readonly (Device | undefined)[] {
  const counts = Map.groupBy(devices, (device) => device);
  return devices.map((device) => (counts.get(device)?.length === 1 ? device : undefined));
}
