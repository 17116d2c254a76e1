import { contract } from '../../src/contract/index.ts';
import { Fault } from '../../src/core/index.ts';
import type { Segment } from '../../src/watch/index.ts';
import { AT, covering, device, MINUTE, port, service } from '../make/device.ts';
import { certificate, serving } from '../make/serving.ts';
import { incident } from '../make/stored-alerts.ts';
import { type Answers, change, roll, scan } from './fake-keeper.ts';
import type { Case } from './operation-case.ts';

const RUNNING = {
  scan: scan({ outcome: 'running', finishedAt: null }),
  progress: { done: 0.25, secondsLeft: 9, task: 'ARP Ping Scan', hosts: 3 },
};

const iso = (at: number): string => new Date(at).toISOString();
const STRETCH = `since=${iso(AT)}&until=${iso(AT + MINUTE)}`;

const SEGMENTS: readonly Segment[] = [
  {
    target: 3,
    text: '10.0.0.0/24',
    ranges: covering(['10.0.0.0/24']).addresses,
    iface: 'eth0',
    gateways: ['10.0.0.20'],
    unseen: { since: AT, cause: 'the interface is down' },
    lookedAt: AT,
    stale: false,
  },
];
const NOTHING_APPROVED: Answers = {
  drift: async () => Promise.reject(new Fault('not-found', 'judging drift: nothing was approved', 'approve something')),
};

const TLS = { ...port(443, 'open', service('nginx', { version: '1.22' })), serving: serving({ certificate: certificate() }) };
const SERVER = device({ id: 7, ports: [port(22), TLS] });

/** What the dashboard asks. */
export const ASKING_CASES: Readonly<Record<string, Case>> = {
  'devices.rows': {
    answers: {},
    rest: ['/api/v1/rows?filter=printer&presence=present'],
    call: (client) => client.devices.rows({ filter: 'printer', presence: 'present' }),
    procedure: contract.devices.rows,
  },
  'devices.match': {
    answers: {},
    rest: ['/api/v1/filter/match?filter=printer'],
    call: (client) => client.devices.match({ filter: 'printer' }),
    procedure: contract.devices.match,
  },
  'devices.complete': {
    answers: {},
    rest: ['/api/v1/filter/complete?text=-name%3Aprin&cursor=8'],
    call: (client) => client.devices.complete({ text: '-name:prin', cursor: 8 }),
    procedure: contract.devices.complete,
  },
  'changes.histogram': {
    answers: {
      countChanges: async ({ slots }) => ({
        families: new Map([['ports', new Uint32Array(slots).fill(1)]]),
        kinds: new Map([['port.opened', slots]]),
      }),
    },
    rest: [
      `/api/v1/changes/histogram?since=${new Date(AT).toISOString()}&until=${new Date(AT + MINUTE).toISOString()}&slots=3&family=ports`,
    ],
    call: (client) =>
      client.changes.histogram({
        since: new Date(AT).toISOString(),
        until: new Date(AT + MINUTE).toISOString(),
        slots: 3,
        family: ['ports'],
      }),
    procedure: contract.changes.histogram,
  },
  'changes.list of a filter': {
    answers: { changesWhere: async ({ devices, kinds }) => (devices?.has(7) && kinds?.includes('port.opened') ? [change(12)] : []) },
    rest: ['/api/v1/changes?filter=printer&family=ports&beforeSeq=13&limit=10'],
    call: (client) => client.changes.list({ filter: 'printer', family: 'ports', beforeSeq: 13, limit: 10 }),
    procedure: contract.changes.list,
  },
  'presence.strips': {
    answers: {
      sessionsOfMany: async (devices, { since, until }) =>
        new Map(
          devices.map(({ id }) => [
            id,
            [
              { presence: 'away', from: since, to: (since + until) / 2 },
              { presence: 'present', from: (since + until) / 2, to: null },
            ],
          ]),
        ),
    },
    rest: [`/api/v1/strips?devices=7&devices=99&${STRETCH}&slots=4`],
    call: (client) => client.presence.strips({ devices: [7, 99], since: iso(AT), until: iso(AT + MINUTE), slots: 4 }),
    procedure: contract.presence.strips,
  },
  'networks.map': {
    answers: { segments: () => SEGMENTS },
    rest: ['/api/v1/networks/map?segment=target-3'],
    call: (client) => client.networks.map({ segment: 'target-3' }),
    procedure: contract.networks.map,
  },
  'overview.get': {
    answers: {
      segments: () => SEGMENTS,
      running: () => [RUNNING],
      incidents: async () => [incident()],
      countChanges: async () => ({ families: new Map([['came', new Uint32Array([2])]]), kinds: new Map([['device.returned', 2]]) }),
      ...NOTHING_APPROVED,
    },
    rest: [`/api/v1/overview?since=${iso(AT)}`],
    call: (client) => client.overview.get({ since: iso(AT) }),
    procedure: contract.overview.get,
  },
  'schedule.next': {
    answers: { runsAhead: ({ kind }, count) => (kind === 'at' ? Array.from({ length: count }, (_, i) => AT + i * MINUTE) : []) },
    rest: ['/api/v1/schedule/next?at=0%203%20*%20*%20*&zone=Europe%2FBerlin&count=3'],
    call: (client) => client.schedule.next({ at: '0 3 * * *', zone: 'Europe/Berlin', count: 3 }),
    procedure: contract.schedule.next,
  },
  'scans.running': {
    answers: { running: () => [RUNNING] },
    rest: ['/api/v1/scans/running'],
    call: (client) => client.scans.running(),
    procedure: contract.scans.running,
  },
  ...Object.fromEntries(
    (['port', 'product', 'certificate'] as const).map((by): [string, Case] => [
      by === 'port' ? 'services.list' : `services.list by ${by}`,
      {
        answers: { roll: () => roll([SERVER]) },
        rest: [`/api/v1/services?by=${by}&filter=port%3A443`],
        call: (client) => client.services.list({ by, filter: 'port:443' }),
        procedure: contract.services.list,
      },
    ]),
  ),
};
