import type { Change, Commit, DeviceId, Instant, Span, SpanDelta } from '../../core/index.ts';
import { goneKeys } from '../gone-keys.ts';
import { writeImported } from './imports.ts';
import { finishScan, runningScan } from './scans.ts';
import type { State } from './state.ts';

/** Law 4: everything that could be wrong is found before anything is touched. */
export function commitScan(state: State, work: Commit): readonly Change[] {
  runningScan(state, work.scan);
  refuseImpossible(state, work);
  const { scan, created, spans, changes, raw } = work;
  for (const { device, firstSeen } of created) {
    state.devices.set(device, { id: device, site: scan.site, firstSeen });
  }
  for (const delta of spans) applyDelta(state, delta, { scan: scan.id, at: scan.finishedAt });
  noteSightings(state, work);
  if (raw) state.raw.set(scan.id, raw.slice());
  for (const id of work.expired ?? []) state.expiryTold.add(id);
  finishScan(state, scan, { changes: changes.length, spans: spans.reduce((sum, delta) => sum + countSpans(delta), 0) });
  if (work.imported) writeImported(state, scan, work.imported);
  if (scan.plan !== 'edit' && scan.plan !== 'import') state.committedAt.set(scan.site, scan.finishedAt);
  const numbered = changes.map((draft, i): Change => ({ ...draft, seq: state.changes.length + i + 1, at: scan.finishedAt, scan: scan.id }));
  state.changes.push(...numbered);
  return numbered;
}

const countSpans = ({ open, close, past = [] }: SpanDelta): number => open.length + close.length + past.length;

function refuseImpossible(state: State, { created, spans, sightings, changes }: Commit): void {
  const devices = new Set(state.devices.keys());
  for (const { device } of created) {
    if (devices.has(device)) throw new Error(`creating device ${device}: it exists already`);
    devices.add(device);
  }
  for (const { device } of [...spans, ...sightings, ...changes]) {
    if (device !== null && !devices.has(device)) throw new Error(`writing about device ${device}: it does not exist`);
  }
  for (const delta of spans) refuseDelta(state, delta);
}

function refuseDelta(state: State, { device, close, open }: SpanDelta): void {
  const nameOf = ({ kind, key }: { kind: string; key: string }): string => `${kind} ${key}`;
  const held = new Set(
    state.spans
      .get(device)
      ?.filter(({ to }) => to === null)
      .map(nameOf),
  );
  for (const fact of close) {
    if (!held.delete(nameOf(fact))) throw new Error(`closing ${nameOf(fact)} of device ${device}: it is not open`);
  }
  for (const fact of open) {
    if (held.has(nameOf(fact))) throw new Error(`opening ${nameOf(fact)} of device ${device}: it is open already`);
    held.add(nameOf(fact));
  }
}

function applyDelta(state: State, { device, close, open, past = [] }: SpanDelta, { scan, at }: { scan: number; at: Instant }): void {
  const spans = entryOf<Span[]>(state.spans, device, () => []);
  for (const end of close) {
    const index = spans.findIndex(({ kind, key, to }) => to === null && kind === end.kind && key === end.key);
    const span = spans[index] as Span;
    spans[index] = { ...span, to: Math.max(span.from, end.at ?? at), closedBy: scan };
  }
  for (const key of goneKeys(close, open)) state.sightings.get(device)?.delete(key);
  for (const { fact, from, to } of past) spans.push({ ...fact, device, from, to: Math.max(from, to), openedBy: scan, closedBy: scan });
  for (const { from = at, ...fact } of open) spans.push({ ...fact, device, from, to: null, openedBy: scan, closedBy: null });
}

function noteSightings(state: State, { scan, sightings, checked = [] }: Commit): void {
  for (const { device, address, at = scan.finishedAt } of sightings) entryOf(state.sightings, device, () => new Map()).set(address, at);
  for (const { device, port } of checked) entryOf(state.sightings, device, () => new Map()).set(port, scan.finishedAt);
}

function entryOf<Entry>(map: Map<DeviceId, Entry>, device: DeviceId, fresh: () => Entry): Entry {
  const entry = map.get(device) ?? fresh();
  map.set(device, entry);
  return entry;
}
