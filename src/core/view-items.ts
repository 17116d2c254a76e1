import type { Device } from './device.ts';
import { Fault } from './fault.ts';
import type { HostName, UnlistedPorts } from './host.ts';
import { formatPorts, type PortSet, type Protocol, parsePorts } from './ports.ts';
import { type Coverage, type CoverageText, coverageFromText, coverageText } from './scan.ts';
import type { Instant } from './time.ts';
import type { ScriptSeen, View, ViewDevice, ViewEntry } from './view.ts';

/** Sets of ports as text ("22,80-90"), by protocol. */
export type PortsText = Readonly<Partial<Record<Protocol, string>>>;

/** A view as JSON, bit by bit: what it is, then its devices, in order. */
export type ViewItem =
  | (Pick<View, 'source' | 'title' | 'partial' | 'scriptChoice' | 'warnings'> & {
      readonly kind: 'view';
      /** ISO 8601, UTC. */
      readonly at: string | null;
      readonly coverage: Omit<CoverageText, 'ports' | 'apart'> & { readonly ports: PortsText };
      /** How many devices follow. */
      readonly devices: number;
    })
  | {
      readonly kind: 'device';
      readonly entry: ViewEntry;
      readonly device: DeviceText;
      readonly unlisted: readonly UnlistedPorts[];
      readonly scripts: readonly ScriptSeen[];
    };

/** A device as JSON, with all that is believed of it. */
export interface DeviceText extends Omit<Device, 'firstSeen' | 'ownFirstSeen' | 'lastSeen' | 'addresses' | 'names' | 'asked'> {
  /** ISO 8601, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly addresses: readonly { readonly address: string; readonly seenAt: string }[];
  readonly names: readonly HostName[];
  readonly asked: PortsText;
}

/** The items of a view; each device is read only when its turn has come. */
export function* viewItems(view: View): Generator<ViewItem, void, void> {
  const { source, title, partial, scriptChoice, warnings, entries } = view;
  const at = view.at === null ? null : isoText(view.at);
  // Views are of what all were asked alike.
  const { ports, apart: _, ...asked } = coverageText(view.coverage);
  const coverage = { ...asked, ports: portsText(ports) };
  yield { kind: 'view', source, title, at, partial, coverage, scriptChoice, warnings, devices: entries.length };
  for (const [index, entry] of entries.entries()) {
    const { device, unlisted, scripts } = view.read(index);
    yield { kind: 'device', entry, device: deviceText(device), unlisted, scripts };
  }
}

/** The view that these items tell. Fault 'unavailable' when they end too early: part of a view must not pass for all of it. */
export async function viewFromItems(items: AsyncIterable<ViewItem>): Promise<View> {
  let head: Extract<ViewItem, { kind: 'view' }> | undefined;
  const entries: ViewEntry[] = [];
  const devices: ViewDevice[] = [];
  const portsOf = portsReader();
  for await (const item of items) {
    if (item.kind === 'view') head = item;
    else {
      entries.push(item.entry);
      devices.push({ device: deviceFromText(item.device, portsOf), unlisted: item.unlisted, scripts: item.scripts });
    }
  }
  if (head?.devices !== devices.length)
    throw new Fault('unavailable', `reading a view: it ended after ${devices.length} of ${head?.devices ?? 'its'} devices`, 'ask again');
  const { source, title, partial, scriptChoice, warnings } = head;
  const at = head.at === null ? null : Date.parse(head.at);
  const coverage: Coverage = coverageFromText({ ...head.coverage, ports: portsOf(head.coverage.ports) });
  const read = (entry: number): ViewDevice => devices[entry] as ViewDevice;
  return { source, title, at, partial, coverage, scriptChoice, warnings, entries, read, close: () => {} };
}

function deviceText({ firstSeen, ownFirstSeen: _, lastSeen, addresses, names, ports, asked, ...rest }: Device): DeviceText {
  return {
    ...rest,
    ports: ports.map(({ checkedAt: _checkedAt, told: _told, ...port }) => port),
    firstSeen: isoText(firstSeen),
    lastSeen: isoText(lastSeen),
    addresses: addresses.map(({ address, seenAt }) => ({ address, seenAt: isoText(seenAt) })),
    names: names.map(({ name, source }) => ({ name, source })),
    asked: portsText(asked),
  };
}

function deviceFromText(
  { firstSeen, lastSeen, addresses, asked, ...rest }: DeviceText,
  portsOf: (text: PortsText) => Device['asked'],
): Device {
  return {
    ...rest,
    firstSeen: Date.parse(firstSeen),
    lastSeen: Date.parse(lastSeen),
    addresses: addresses.map(({ address, seenAt }) => ({ address, seenAt: Date.parse(seenAt) })),
    asked: portsOf(asked),
  };
}

const isoText = (at: Instant): string => new Date(at).toISOString();

function portsText(ports: Coverage['ports']): PortsText {
  return Object.fromEntries(Object.entries(ports).map(([protocol, set]) => [protocol, formatPorts(set)]));
}

/** Reads ports of many devices: most were asked the same, and then share one set. */
function portsReader(): (text: PortsText) => Coverage['ports'] {
  const known = new Map<string, PortSet>();
  const setOf = (text: string): PortSet => {
    const set = known.get(text) ?? parsePorts(text) ?? [];
    known.set(text, set);
    return set;
  };
  return (ports) => Object.fromEntries(Object.entries(ports).map(([protocol, text]) => [protocol, setOf(text)]));
}
