import type { CommitItem, DeviceJson, IncidentJson, LiveItem, RollJson } from '../../../src/contract/index.ts';
import type { Counts, LiveState, RunningScan } from './state.ts';

/** What is kept of the feed and of incidents: a page left open for a month must not grow. */
const MOST_FED = 200;
const MOST_INCIDENTS = 200;

type Told<K extends LiveItem['kind']> = Extract<LiveItem, { kind: K }>;

/** The state after some more items, in the order they came. Never changes what it is given. */
export function fold(state: LiveState, items: readonly LiveItem[]): LiveState {
  const commits = items.some(({ kind }) => kind === 'commit');
  // One copy for all commits of a batch: ten thousand devices are not copied for each of them.
  const start: LiveState = commits ? { ...state, devices: new Map(state.devices) } : state;
  const end = items.reduce(foldOne, start);
  return end.devices === state.devices ? end : { ...end, counts: countsOf(end.devices) };
}

function foldOne(state: LiveState, item: LiveItem): LiveState {
  switch (item.kind) {
    case 'version':
      return { ...state, version: item.version };
    case 'snapshot':
      return foldRoll(state, item.roll);
    case 'commit':
      return item.seq < state.seq ? state : foldCommit(state, item);
    case 'scan.started':
      return { ...state, running: withEntry(state.running, item.scan.id, { scan: item.scan, progress: null }) };
    case 'scan.progress':
      return foldProgress(state, item);
    case 'scan.host':
      return state;
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
function foldRoll(state: LiveState, roll: RollJson): LiveState {
  const devices = new Map(roll.devices.map((device) => [device.id, device]));
  return { ...state, site: roll.site, seq: roll.seq, devices, running: new Map(), incidents: new Map() };
}

function foldCommit(state: LiveState, commit: CommitItem): LiveState {
  const devices = state.devices as Map<number, DeviceJson>;
  for (const device of commit.devices) devices.set(device.id, device);
  for (const id of goneIn(commit)) devices.delete(id);
  const fresh = commit.changes.filter(({ seq }) => seq > state.seq);
  return {
    ...state,
    seq: Math.max(state.seq, commit.seq),
    feed: fresh.length === 0 ? state.feed : [...fresh.toReversed(), ...state.feed].slice(0, MOST_FED),
    running: withoutEntry(state.running, commit.scan.id),
    scansEnded: state.scansEnded + 1,
  };
}

/** Devices that are none any more: they were forgotten, or became part of another. */
const goneIn = ({ changes }: CommitItem): number[] =>
  changes.flatMap(({ kind, device }) => ((kind === 'device.forgotten' || kind === 'device.merged') && device ? [device.id] : []));

function foldProgress(state: LiveState, { scan, done, secondsLeft, task, hosts }: Told<'scan.progress'>): LiveState {
  const known = state.running.get(scan);
  if (!known) return state;
  return { ...state, running: withEntry(state.running, scan, { ...known, progress: { done, secondsLeft, task, hosts } }) };
}

function withEntry(running: ReadonlyMap<number, RunningScan>, id: number, entry: RunningScan): Map<number, RunningScan> {
  return new Map(running).set(id, entry);
}

function withoutEntry(running: ReadonlyMap<number, RunningScan>, id: number): ReadonlyMap<number, RunningScan> {
  if (!running.has(id)) return running;
  const rest = new Map(running);
  rest.delete(id);
  return rest;
}

function keepIncident(incidents: ReadonlyMap<number, IncidentJson>, incident: IncidentJson): Map<number, IncidentJson> {
  const kept = new Map(incidents);
  kept.delete(incident.id);
  kept.set(incident.id, incident);
  const oldest = kept.keys().next().value;
  if (kept.size > MOST_INCIDENTS && oldest !== undefined) kept.delete(oldest);
  return kept;
}

export function countsOf(devices: ReadonlyMap<number, DeviceJson>): Counts {
  const counts = { devices: devices.size, present: 0, away: 0, unknown: 0 };
  for (const { presence } of devices.values()) counts[presence]++;
  return counts;
}
