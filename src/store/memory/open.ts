import type { Lease, Store } from '../../core/index.ts';
import { notKeptInFile } from '../faults.ts';
import { accessStore } from './access-store.ts';
import { alertStore } from './alert-store.ts';
import { readApprovals, writeApprovals } from './approvals.ts';
import { commitScan } from './commit.ts';
import * as keeping from './keeping.ts';
import { readLastLooks } from './last-looks.ts';
import { checkContent, devicesWhen, loadSite, readChanges, readMarks, readOpenSpans, readPresence, readSpans } from './read.ts';
import { savedViewStore } from './saved-views.ts';
import { beginScan, closeInterrupted, readRun, readScan, readScans } from './scans.ts';
import { emptyState, type State } from './state.ts';

/** A store that forgets everything when closed: for tests, and for looking without keeping. */
export function openMemory(state: State = emptyState()): Store {
  const leased = async <T>(lease: Lease, work: () => T): Promise<T> => {
    keeping.checkFence(state, lease);
    return work();
  };
  return {
    kind: 'memory',
    load: async (site) => loadSite(state, site),
    devicesAt: async (site, at) => devicesWhen(state, site, at),
    spansOf: async (device) => readSpans(state, device),
    presenceSpans: async (devices, since) => readPresence(state, devices, since),
    openSpans: async (site, kind) => readOpenSpans(state, site, kind),
    beginScan: (scan, lease) => leased(lease, () => beginScan(state, scan)),
    commit: (work, lease) => leased(lease, () => commitScan(state, work)),
    closeInterrupted: (now, lease) => leased(lease, () => closeInterrupted(state, now)),
    scans: async (query) => readScans(state, query),
    scan: async (id) => readScan(state, id),
    runOf: async (id) => readRun(state, id),
    rawOf: async (id) => state.raw.get(id)?.slice(),
    lastLooks: async (site, at) => readLastLooks(state, site, at),
    changes: async (query) => readChanges(state, query),
    changeMarks: async (query) => readMarks(state, query),
    targets: async (site) => [...state.targets.values()].filter((target) => target.site === site),
    addTarget: (target, lease) => leased(lease, () => keeping.addTarget(state, target)),
    updateTarget: (target, lease) => leased(lease, () => keeping.changeTarget(state, target)),
    removeTarget: (id, lease) => leased(lease, () => keeping.removeTarget(state, id)),
    addBaseline: (baseline, lease) => leased(lease, () => keeping.addBaseline(state, baseline)),
    baselines: async (query) => keeping.readBaselines(state, query),
    imports: async (site) => state.imports.filter((file) => file.site === site),
    writeApprovals: (work, lease) => leased(lease, () => writeApprovals(state, work)),
    approvals: async (query) => readApprovals(state, query),
    access: accessStore(state.access, leased),
    ...alertStore(state.alerts, leased),
    ...savedViewStore(state, leased),
    acquireLease: async (...claim) => keeping.claimLease(state, claim),
    renewLease: async (holder, now, ttl) => keeping.extendLease(state, holder, now + ttl),
    releaseLease: async (holder) => keeping.dropLease(state, holder),
    prune: (retention, now, lease) => leased(lease, () => keeping.prune(state, retention, now)),
    backup: async () => noFile(),
    copy: async () => noFile(),
    check: async () => checkContent(state),
    close: async () => {},
  };
}

function noFile(): never {
  throw notKeptInFile('memory', 'open a store in a file to keep what it holds');
}
