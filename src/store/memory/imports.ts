import type { Commit, Imported } from '../../core/index.ts';
import { beginScan, finishScan } from './scans.ts';
import type { State } from './state.ts';

/** What came with an import beside spans. */
export function writeImported(state: State, scan: Commit['scan'], { looks, aged, files }: Imported): void {
  for (const look of looks) finishScan(state, { ...look, id: beginScan(state, look) }, { changes: 0, spans: 0 });
  for (const { device, firstSeen } of aged) {
    const known = state.devices.get(device);
    if (known) state.devices.set(device, { ...known, firstSeen });
  }
  for (const file of files)
    state.imports.push({ ...file, id: state.imports.length + 1, site: scan.site, scan: scan.id, at: scan.finishedAt });
}
