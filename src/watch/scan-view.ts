import {
  type AddressValue,
  byAddress,
  type Coverage,
  coversAddress,
  type Device,
  Fault,
  type Instant,
  isWithin,
  type KeptOutput,
  NO_COVERAGE,
  parseAddress,
  type Scan,
  type ScanId,
  type View,
  type ViewDevice,
} from '../core/index.ts';
import { type ViewFrame, viewOf, viewOfDevices } from '../diff/index.ts';
import { devicesWhen } from './belief-view.ts';
import { fingerprinted } from './fingerprint.ts';
import { knownDevices } from './known-devices.ts';
import type { ScanHosts } from './scans-asked.ts';
import { belongs } from './territory.ts';
import { flatMapped, unhurried } from './unhurried.ts';
import type { Wired } from './wire.ts';

type Ended = Scan & { readonly finishedAt: Instant };

/**
 * What one scan saw: as its kept output has it, scripts included; where none is kept, what was believed when it ended,
 * as far as it looked. Fault not-found when it was folded into its run, refused when it runs or saw nothing.
 */
export async function scanView(wired: Wired, id: ScanId): Promise<View> {
  const scan = endedScan(await wired.outside.store.scan(id), id);
  const coverage = coverageOf(scan);
  const frame = { title: `scan ${id}`, at: scan.finishedAt, partial: partialOf(scan), coverage };
  const known = (await devicesWhen(wired, scan.finishedAt)).map((device) => asCalledNow(wired, device));
  return (await outputView(wired, scan, { ...frame, known })) ?? believedView(scan, { ...frame, known });
}

/** What people say of a device now helps to find it in an old scan. */
function asCalledNow({ ledger }: Wired, device: Device): Device {
  const labels = ledger.roll.devices.get(device.id)?.labels;
  return labels ? { ...device, labels } : device;
}

function endedScan(scan: Scan | undefined, id: ScanId): Ended {
  if (scan === undefined)
    throw new Fault(
      'not-found',
      `viewing scan ${id}: there is none by that number, or it was folded (scans that changed nothing are, after two days)`,
      'compare moments instead, like "@2026-03-01T03:00Z"; list the scans there are with "rollcall scans"',
    );
  const { finishedAt, outcome, cause } = scan;
  if (finishedAt === null || outcome === 'running')
    throw new Fault('refused', `viewing scan ${id}: it still runs`, 'wait for its end, or compare with "now"');
  if (outcome === 'failed')
    throw new Fault(
      'refused',
      `viewing scan ${id}: it failed (${cause?.text ?? 'its cause is not known'}), so it says nothing of the network`,
      'choose one that saw something in "rollcall scans"',
    );
  return { ...scan, finishedAt };
}

/** Who was stopped cannot call anybody absent. */
const coverageOf = ({ outcome, coverage }: Scan): Coverage => (outcome === 'cancelled' ? NO_COVERAGE : (coverage ?? NO_COVERAGE));

function partialOf({ outcome, cause }: Scan): string | null {
  return outcome === 'complete' ? null : (cause?.text ?? `it ended ${outcome}`);
}

type Frame = Omit<ViewFrame, 'scriptChoice' | 'warnings' | 'source'> & {
  /** The devices when it ended. */
  readonly known: readonly Device[];
};

/** What one scan saw, host by host, with the same faults. Where its output is not kept, the devices that were believed present. */
export async function scanHosts(wired: Wired, id: ScanId): Promise<ScanHosts> {
  const scan = endedScan(await wired.outside.store.scan(id), id);
  const kept = await outputOf(wired, scan);
  if (kept !== null) return { scan, hosts: [...believable(scan, kept.hosts)].sort(byPlace), kept: true };
  const view = await scanView(wired, id);
  const hosts = view.entries.flatMap((_, entry) => hostsOfDevice(view.read(entry), scan));
  return { scan, hosts: hosts.sort(byPlace), kept: false };
}

const byPlace = (a: KeptOutput['hosts'][number], b: KeptOutput['hosts'][number]): number => byAddress(a.observation, b.observation);

/** Who was away is no host of the scan; who was there was at the addresses it answered at last. */
function hostsOfDevice({ device, unlisted, scripts }: ViewDevice, { coverage, finishedAt: seenAt }: Ended): KeptOutput['hosts'][number][] {
  const asked = device.addresses.filter(({ address }) => coverage !== null && isWithin(coverage.addresses, address));
  const newest = Math.max(...asked.map((place) => place.seenAt));
  const places = device.presence === 'present' ? asked.filter((place) => place.seenAt === newest) : [];
  const mac = device.macs[0]?.mac ?? null;
  const shared = { mac, vendor: device.macs[0]?.vendor ?? null, names: device.names, ports: device.ports, unlisted, os: device.os };
  return places.map(({ address }) => ({
    observation: { ...shared, address, reason: '', seenAt, timedOut: false },
    scripts,
  }));
}

async function outputOf({ outside }: Wired, scan: Ended): Promise<KeptOutput | null> {
  const raw = await outside.store.rawOf(scan.id);
  const documents = scan.plan === 'ingest' ? 1 : scan.commands.length;
  return raw === undefined ? null : outside.reader.readKept(raw, { finishedAt: scan.finishedAt, documents });
}

async function outputView(wired: Wired, scan: Ended, { known, ...frame }: Frame): Promise<View | null> {
  const kept = await outputOf(wired, scan);
  if (kept === null) return null;
  const { hosts, scriptChoice, warnings } = kept;
  const view = viewOf({ ...frame, source: 'scan', scriptChoice, warnings, hosts: believable(scan, hosts) });
  return knownDevices(view, known);
}

/** Of a partial scan a process may have failed: what it claims to have seen was not believed then, and is not covered. */
function believable({ outcome, coverage }: Ended, hosts: KeptOutput['hosts']): KeptOutput['hosts'] {
  if (outcome !== 'partial' || coverage === null) return hosts;
  return hosts.filter(({ observation }) => coversAddress(coverage, parseAddress(observation.address) as AddressValue));
}

async function believedView({ id, finishedAt }: Ended, { known, ...frame }: Frame): Promise<View> {
  const territory = { text: '', ranges: frame.coverage.addresses };
  const devices = await unhurried(flatMapped(known, (device) => (belongs(territory, device) ? [device] : [])));
  const warnings = [`the output of scan ${id} is not kept, so this is what was believed when it ended`];
  const title = `${frame.title} at ${new Date(finishedAt).toISOString()}`;
  return fingerprinted(viewOfDevices({ ...frame, title, source: 'moment', scriptChoice: null, warnings, devices }), devices);
}
