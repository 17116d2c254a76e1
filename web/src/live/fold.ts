import type { HostJson, IncidentJson, LiveItem, RowJson, SlimCommitItem } from '../../../src/contract/index.ts';
import type { Counts, LiveState, RunningScan } from './state.ts';

/** What is kept of the feed and of incidents: a page left open for a month must not grow. */
const MOST_FED = 200;
const MOST_INCIDENTS = 200;
const MOST_FOUND = 100;

type Told<K extends LiveItem['kind']> = Extract<LiveItem, { kind: K }>;

/** The state after some more items, in the order they came. Never changes what it is given. */
export function fold(state: LiveState, items: readonly LiveItem[]): LiveState {
  const moves = items.some(({ kind }) => kind === 'commit.slim' || kind === 'standing');
  // One copy for all that a batch tells of devices: ten thousand are not copied for each commit.
  const start: LiveState = moves ? { ...state, devices: new Map(state.devices) } : state;
  const end = items.reduce(foldOne, start);
  return end.devices === state.devices ? end : { ...end, counts: countsOf(end.devices) };
}

function foldOne(state: LiveState, item: LiveItem): LiveState {
  switch (item.kind) {
    case 'version':
      return { ...state, version: item.version };
    case 'snapshot.slim':
      return foldSnapshot(state, item);
    case 'commit.slim':
      return item.seq < state.seq ? state : foldCommit(state, item);
    case 'standing':
      return foldStanding(state, item);
    case 'snapshot':
    case 'commit':
      // Of whole devices: never told to who asks for rows.
      return state;
    case 'scan.started':
      return { ...state, running: withEntry(state.running, item.scan.id, { scan: item.scan, progress: null }) };
    case 'scan.progress':
      return foldProgress(state, item);
    case 'scan.host':
      return { ...state, found: withFound(state.found, item.scan, item.host) };
    case 'target.changed':
      return { ...state, targetsTold: state.targetsTold + 1 };
    case 'incident.changed':
      return { ...state, incidents: keepIncident(state.incidents, item.incident) };
    case 'notification.changed':
      return { ...state, notificationsTold: state.notificationsTold + 1 };
    default:
      // A newer daemon may tell of more than this page knows.
      return state;
  }
}

/** Everything anew: what was running or open before may be long over. */
function foldSnapshot(state: LiveState, { site, seq, rows }: Told<'snapshot.slim'>): LiveState {
  const devices = new Map(rows.map((row) => [row.id, row]));
  return { ...state, site, seq, devices, running: new Map(), found: new Map(), incidents: new Map() };
}

function foldCommit(state: LiveState, commit: SlimCommitItem): LiveState {
  const devices = state.devices as Map<number, RowJson>;
  for (const row of commit.rows) devices.set(row.id, row);
  for (const id of commit.gone) devices.delete(id);
  const fresh = commit.changes.filter(({ seq }) => seq > state.seq);
  return {
    ...state,
    seq: Math.max(state.seq, commit.seq),
    feed: fresh.length === 0 ? state.feed : [...fresh.toReversed(), ...state.feed].slice(0, MOST_FED),
    running: withoutEntry(state.running, commit.scan.id),
    found: withoutEntry(state.found, commit.scan.id),
    scansEnded: state.scansEnded + 1,
  };
}

/** Who is otherwise than told, without a change; and once after the beginning, what is running. */
function foldStanding(state: LiveState, { groups, running }: Told<'standing'>): LiveState {
  const devices = state.devices as Map<number, RowJson>;
  for (const { presence, lastSeen, devices: ids } of groups)
    for (const id of ids) {
      const row = devices.get(id);
      if (row) devices.set(id, { ...row, presence, lastSeen });
    }
  return running === undefined ? state : { ...state, running: new Map(running.map((one) => [one.scan.id, one])) };
}

function foldProgress(state: LiveState, { scan, done, secondsLeft, task, hosts }: Told<'scan.progress'>): LiveState {
  const known = state.running.get(scan);
  if (!known) return state;
  return { ...state, running: withEntry(state.running, scan, { ...known, progress: { done, secondsLeft, task, hosts } }) };
}

function withEntry(running: ReadonlyMap<number, RunningScan>, id: number, entry: RunningScan): Map<number, RunningScan> {
  return new Map(running).set(id, entry);
}

function withoutEntry<T>(running: ReadonlyMap<number, T>, id: number): ReadonlyMap<number, T> {
  if (!running.has(id)) return running;
  const rest = new Map(running);
  rest.delete(id);
  return rest;
}

function withFound(found: LiveState['found'], scan: number, host: HostJson): LiveState['found'] {
  return new Map(found).set(scan, [host, ...(found.get(scan) ?? [])].slice(0, MOST_FOUND));
}

function keepIncident(incidents: ReadonlyMap<number, IncidentJson>, incident: IncidentJson): Map<number, IncidentJson> {
  const kept = new Map(incidents);
  kept.delete(incident.id);
  kept.set(incident.id, incident);
  const oldest = kept.keys().next().value;
  if (kept.size > MOST_INCIDENTS && oldest !== undefined) kept.delete(oldest);
  return kept;
}

export function countsOf(devices: ReadonlyMap<number, RowJson>): Counts {
  const counts = { devices: devices.size, present: 0, away: 0, unknown: 0 };
  for (const { presence } of devices.values()) counts[presence]++;
  return counts;
}
