/** Every door of what they serve through which a text of somebody else comes in. */
import { parseTarget } from '../../src/core/index.ts';
import { HOSTILE_TARGETS } from '../fixtures/hostile-targets.ts';
import { hostileTargets } from '../probes/hostile-targets.ts';
import { fileOf, surveyOf } from './hostile-files.ts';

/** Texts for fields that are no targets: also what shells, scripts of nmap and paths would make something of. */
const SCRIPTS = [
  'all',
  'vuln',
  '../../x',
  'http://10.0.0.9/x.nse',
  '/tmp/x.nse',
  'not intrusive',
  'safe,vuln',
  '+safe',
  '*',
  'http-*',
  'identity ',
];
export const HOSTILE: readonly string[] = [...new Set([...HOSTILE_TARGETS, ...hostileTargets(), ...SCRIPTS])];

export interface Door {
  readonly name: string;
  readonly path: string;
  /** Of GET the query, of POST the body; files make it a form. */
  readonly send: (text: string) => Readonly<Record<string, unknown>>;
  readonly get?: true;
  /** What may be meant there: a scan may follow of it. Everything else is refused. */
  readonly may?: (text: string) => boolean;
}

/** The one host of the network that is really there. */
export const GOOD = '10.77.0.1';
const scan = { targets: [GOOD], plan: 'ports', now: true };
export const mayBePorts = fits(/^(?:\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*|all|top \d+)$/);
export const mayBeIface = fits(/^\w[\w.:@-]{0,14}$/);
const mayBeTarget = (text: string): boolean => parseTarget(text).ok;

function fits(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}

/** What begins a scan, or would. */
export const SCAN_DOORS: readonly Door[] = [
  { name: 'scan: ports', path: '/scans', send: (ports) => ({ ...scan, ports }), may: mayBePorts },
  { name: 'scan: plan', path: '/scans', send: (plan) => ({ ...scan, plan }) },
  { name: 'S2: scan: scripts', path: '/scans', send: (scripts) => ({ ...scan, plan: 'services', scripts }) },
  { name: 'scan: interface', path: '/scans', send: (iface) => ({ ...scan, iface }), may: mayBeIface },
  {
    name: 'scan: guard, gateway',
    path: '/scans',
    send: (gateway) => ({ ...scan, guard: { gateway } }),
    may: fits(/^[\da-f]{2}([:-][\da-f]{2}){5}$/),
  },
  { name: 'scan: guard, network', path: '/scans', send: (network) => ({ ...scan, guard: { network } }), may: fits(/^[\da-f.:]+\/\d+$/i) },
  { name: 'scan: guard, public', path: '/scans', send: (address) => ({ ...scan, guard: { public: address } }) },
  { name: 'follow-up now', path: '/followup', send: (target) => ({ targets: [target] }), may: mayBeTarget },
];

/** What only tells, or only keeps: nothing is ever scanned by it. */
export const QUIET_DOORS: readonly Door[] = [
  { name: 'follow-up, printed', path: '/followup', send: (target) => ({ target }), get: true },
  { name: 'forecast: target', path: '/targets/forecast', send: (target) => ({ targets: [target], plans: ['ports'] }) },
  { name: 'forecast: ports', path: '/targets/forecast', send: (ports) => ({ targets: [GOOD], plans: ['ports'], ports }) },
  { name: 'forecast: plan', path: '/targets/forecast', send: (plan) => ({ targets: [GOOD], plans: [plan] }) },
  { name: 'watch: at', path: '/targets', send: (at) => ({ target: GOOD, schedule: [{ plan: 'sweep', at }] }) },
  { name: 'watch: zone', path: '/targets', send: (zone) => ({ target: GOOD, schedule: [{ plan: 'ports', at: '0 3 * * *', zone }] }) },
  { name: 'baseline: target', path: '/baselines', send: (target) => ({ target }) },
  { name: 'approve: device', path: '/approvals', send: (device) => ({ devices: [device] }) },
  { name: 'approve: service', path: '/approvals', send: (port) => ({ devices: [GOOD], services: [port] }) },
  { name: 'approve: version', path: '/approvals', send: (version) => ({ devices: [GOOD], services: ['22/tcp'], version }) },
  { name: 'approve: filter', path: '/approvals', send: (filter) => ({ filter }) },
  { name: 'approve: why', path: '/approvals', send: (why) => ({ devices: [GOOD], why, by: why }) },
  { name: 'revoke: device', path: '/approvals/revoke', send: (device) => ({ devices: [device], services: [device] }) },
  { name: 'policy: ports', path: '/approvals/policy', send: (ports) => ({ rule: 'nowhere', ports }) },
  { name: 'policy: group', path: '/approvals/policy', send: (group) => ({ group, rule: 'only', ports: '80' }) },
  { name: 'drift: target', path: '/drift', send: (target) => ({ target, filter: target }), get: true },
  { name: 'entry: device', path: '/approvals/import', send: (device) => ({ entries: [{ device }, { device, port: '80/tcp' }] }) },
  { name: 'entry: port', path: '/approvals/import', send: (port) => ({ entries: [{ device: GOOD, port, product: port, version: port }] }) },
  { name: 'entry: policy', path: '/approvals/import', send: (only) => ({ entries: [{ group: only, only }] }) },
  { name: 'import: covers', path: '/import', send: (covers) => ({ files: fileOf('x.xml', surveyOf('10.0.0.8')), covers }) },
  { name: 'import: zone', path: '/import', send: (zone) => ({ files: fileOf('x.xml', surveyOf('10.0.0.8')), zone }) },
  { name: 'import: name of a file', path: '/import', send: (name) => ({ files: fileOf(name, surveyOf('10.0.0.8')) }) },
  { name: 'ingest: covers', path: '/ingest', send: (covers) => ({ file: fileOf('x.xml', surveyOf('10.0.0.8')), covers }) },
  ...alertDoors(),
];

/** Rules and channels decide who hears of a scan, never what is scanned. */
function alertDoors(): Door[] {
  const rule = { name: 'hostile', on: ['device.left'] };
  return [
    { name: 'rule: name', path: '/rules', send: (name) => ({ ...rule, name }) },
    { name: 'rule: kinds', path: '/rules', send: (kind) => ({ ...rule, on: [kind] }) },
    { name: 'rule: filter', path: '/rules', send: (where) => ({ ...rule, where }) },
    { name: 'rule: people', path: '/rules', send: (who) => ({ ...rule, who: [who], home: [who] }) },
    { name: 'rule: channels', path: '/rules', send: (to) => ({ ...rule, to: [to], escalate: { after: '1h', to: [to] } }) },
    { name: 'rule: times', path: '/rules', send: (time) => ({ ...rule, during: [time], cooldown: time, remind: time }) },
    { name: 'rule: test', path: '/rules/test', send: (where) => ({ rule: { ...rule, where }, since: '1d' }) },
    { name: 'channel: kind', path: '/channels', send: (kind) => ({ name: 'hostile', kind, options: {} }) },
    {
      name: 'channel: options',
      path: '/channels',
      send: (text) => ({ name: 'hostile', kind: 'webhook', options: { url: text, [text]: text } }),
    },
    { name: 'channel: a file', path: '/channels', send: (path) => ({ name: 'hostile', kind: 'log', options: { path } }) },
    { name: 'mute: filter', path: '/mutes', send: (where) => ({ where, until: '1h', why: where, by: where }) },
    { name: 'mute: rule', path: '/mutes', send: (name) => ({ rule: name, kinds: [name], until: name }) },
  ];
}
