import type { Change, ChangeMark, ChangeQuery, Device, DeviceId, FactKind, Instant, Memory, Span } from '../../core/index.ts';
import { rebuildDevice } from '../rebuild.ts';
import { checkAlerts } from './alerts.ts';
import type { State } from './state.ts';

export function loadSite(state: State, site: string): Memory {
  return {
    devices: devicesWhen(state, site, null),
    lastDevice: Math.max(0, ...state.devices.keys()),
    lastSeq: state.changes.length,
    committedAt: state.committedAt.get(site) ?? null,
  };
}

const heldAt = ({ from, to }: Span, at: Instant | null): boolean => (at === null ? to === null : from <= at && (to === null || to > at));

export function devicesWhen(state: State, site: string, at: Instant | null): Device[] {
  return [...state.devices.values()]
    .filter((entry) => entry.site === site)
    .sort((a, b) => a.id - b.id)
    .flatMap((entry) => {
      const facts = (state.spans.get(entry.id) ?? []).filter((span) => heldAt(span, at));
      if (facts.length === 0) return [];
      return [rebuildDevice(entry, { facts, sightings: state.sightings.get(entry.id) ?? new Map(), at })];
    });
}

export function readSpans(state: State, device: number): readonly Span[] {
  return [...(state.spans.get(device) ?? [])].sort((a, b) => a.from - b.from || a.openedBy - b.openedBy);
}

export function readOpenSpans(state: State, site: string, kind: FactKind): readonly Span[] {
  return [...state.devices.values()]
    .filter((entry) => entry.site === site)
    .sort((a, b) => a.id - b.id)
    .flatMap(({ id }) => (state.spans.get(id) ?? []).filter((span) => span.kind === kind && span.to === null).sort(byKey));
}

const byKey = (a: Span, b: Span): number => (a.key < b.key ? -1 : Number(a.key > b.key));

export function readChanges(state: State, asked: ChangeQuery): readonly Change[] {
  const { afterSeq = 0, beforeSeq = Infinity, since = -Infinity, until = Infinity, device, kinds } = asked;
  const seqs = asked.seqs && new Set(asked.seqs);
  const devices = device === undefined ? undefined : new Set<number | null>([device].flat());
  const wanted = state.changes.filter(
    (change) =>
      change.seq > afterSeq &&
      change.seq < beforeSeq &&
      (seqs?.has(change.seq) ?? true) &&
      change.at >= since &&
      change.at <= until &&
      (devices === undefined || devices.has(change.device)) &&
      (kinds === undefined || kinds.includes(change.kind)),
  );
  return (asked.newestFirst ? wanted.reverse() : wanted).slice(0, asked.limit);
}

export function readMarks(state: State, { afterSeq, limit }: { afterSeq: number; limit: number }): readonly ChangeMark[] {
  const marks = state.changes.filter(({ seq }) => seq > afterSeq).slice(0, limit);
  return marks.map(({ seq, at, kind, device }) => ({ seq, at, kind, device }));
}

export function readPresence(state: State, devices: readonly DeviceId[], since: Instant): readonly Span[] {
  const isMeant = ({ kind, to }: Span): boolean => (kind === 'presence' || kind === 'merged') && (to === null || to > since);
  return devices.toSorted((a, b) => a - b).flatMap((device) => readSpans(state, device).filter(isMeant));
}

export function checkContent(state: State): readonly string[] {
  const gaps = state.changes.filter(({ seq }, index) => seq !== index + 1).length;
  const turned = [...state.spans.values()].flat().filter(({ from, to }) => to !== null && to < from).length;
  return [
    ...(gaps > 0 ? [`${gaps} changes are numbered out of order`] : []),
    ...(turned > 0 ? [`${turned} spans end before they begin`] : []),
    ...checkAlerts(state.alerts, state.changes.length),
  ];
}
