import type { HostJson, ScanResultJson } from '../../contract/index.ts';
import type { Device, Observation } from '../../core/index.ts';
import type { ScanResult } from '../../watch/index.ts';
import { mapInSlices } from '../slices.ts';
import { changesToJson } from './change.ts';
import { portsToJson } from './device.ts';
import { scanToJson } from './scan.ts';

export function hostToJson({ address, mac, vendor, names, ports, reason, timedOut }: Observation): HostJson {
  return { address, mac, vendor, names: (names ?? []).map(({ name }) => name), ports: portsToJson(ports), reason, timedOut };
}

/** A result, its changes named after `devices`. */
export async function resultToJson(result: ScanResult, devices: readonly Device[]): Promise<ScanResultJson> {
  return {
    scan: scanToJson(result.scan),
    hosts: await mapInSlices(result.hosts, hostToJson),
    changes: await changesToJson(result.changes, devices),
    warnings: [...result.warnings],
    sent: result.sent ?? null,
  };
}
