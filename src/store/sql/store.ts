import type { Lease, Store } from '../../core/index.ts';
import { openedReadonly } from '../faults.ts';
import { accessStore } from './access-store.ts';
import { alertStore } from './alert-store.ts';
import { readApprovals, writeApprovals } from './approvals.ts';
import { insertBaseline, readBaselines } from './baselines.ts';
import { readChanges, readMarks } from './changes.ts';
import { checkContent } from './check.ts';
import { closeInterrupted } from './close-interrupted.ts';
import { commitScan } from './commit.ts';
import { insertRunning } from './finish-scan.ts';
import { readImports } from './imports.ts';
import { readLastLooks } from './last-looks.ts';
import { checkFence, claimLease, dropLease, extendLease } from './lease.ts';
import { prune } from './prune.ts';
import { devicesWhen, loadSite } from './read-devices.ts';
import { readRaw, readRun, readScan, readScans } from './read-scans.ts';
import { readOpenSpans, readPresence, readSpans } from './read-spans.ts';
import { savedViewStore } from './saved-views.ts';
import type { Tables, Trx } from './schema.ts';
import { changeTarget, deleteTarget, insertTarget, readTargets } from './targets.ts';

/** What differs from one database to the other. */
export interface Database extends Pick<Store, 'kind' | 'backup' | 'copy' | 'close'> {
  /** Answers queries without waiting for the writer. */
  readonly reader: Tables;
  readonly writer: Tables;
  readonly readonly: boolean;
  /** Faults of the stored file itself. */
  checkFile(): Promise<readonly string[]>;
}

/** The store over any database that speaks the schema. */
export function sqlStore({ kind, reader, writer, readonly, checkFile, backup, copy, close }: Database): Store {
  const write = async <T>(work: (trx: Trx) => Promise<T>): Promise<T> => {
    if (readonly) throw openedReadonly();
    return writer.transaction().execute(work);
  };
  const leased = <T>(lease: Lease, work: (trx: Trx) => Promise<T>): Promise<T> =>
    write(async (trx) => {
      await checkFence(trx, lease);
      return work(trx);
    });
  /** Several queries on one state of the store. */
  const snapshot = <T>(work: (trx: Trx) => Promise<T>): Promise<T> =>
    reader.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(work);
  return {
    kind,
    load: (site) => snapshot((trx) => loadSite(trx, site)),
    devicesAt: (site, at) => snapshot((trx) => devicesWhen(trx, site, at)),
    spansOf: (device) => readSpans(reader, device),
    presenceSpans: (devices, since) => readPresence(reader, devices, since),
    openSpans: (site, fact) => readOpenSpans(reader, site, fact),
    beginScan: (scan, lease) => leased(lease, (trx) => insertRunning(trx, scan)),
    commit: (work, lease) => leased(lease, (trx) => commitScan(trx, work)),
    closeInterrupted: (now, lease) => leased(lease, (trx) => closeInterrupted(trx, now)),
    scans: (query) => readScans(reader, query),
    scan: (id) => readScan(reader, id),
    runOf: (id) => readRun(reader, id),
    rawOf: (id) => readRaw(reader, id),
    lastLooks: (site, at) => snapshot((trx) => readLastLooks(trx, site, at)),
    changes: (query) => readChanges(reader, query),
    changeMarks: (query) => readMarks(reader, query),
    targets: (site) => readTargets(reader, site),
    addTarget: (target, lease) => leased(lease, (trx) => insertTarget(trx, target)),
    updateTarget: (target, lease) => leased(lease, (trx) => changeTarget(trx, target)),
    removeTarget: (id, lease) => leased(lease, (trx) => deleteTarget(trx, id)),
    addBaseline: (baseline, lease) => leased(lease, (trx) => insertBaseline(trx, baseline)),
    baselines: (query) => readBaselines(reader, query),
    imports: (site) => readImports(reader, site),
    writeApprovals: (work, lease) => leased(lease, (trx) => writeApprovals(trx, work)),
    approvals: (query) => readApprovals(reader, query),
    access: accessStore(reader, leased),
    ...alertStore({ reader, leased, snapshot }),
    ...savedViewStore({ reader, leased }),
    acquireLease: (...claim) => write((trx) => claimLease(trx, claim)),
    renewLease: (holder, now, ttl) => write((trx) => extendLease(trx, holder, now + ttl)),
    releaseLease: (holder) => write((trx) => dropLease(trx, holder)),
    prune: (retention, now, lease) => prune((batch) => leased(lease, batch), retention, now),
    backup,
    copy,
    async check() {
      const damage = await checkFile();
      return damage.length > 0 ? damage : snapshot(checkContent); // a damaged file cannot be asked for its content
    },
    close,
  };
}
