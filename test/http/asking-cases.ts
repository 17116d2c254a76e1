import { contract } from '../../src/contract/index.ts';
import { AT, device, MINUTE, port, service } from '../make/device.ts';
import { certificate, serving } from '../make/serving.ts';
import { change, roll, scan } from './fake-keeper.ts';
import type { Case } from './operation-case.ts';

const RUNNING = {
  scan: scan({ outcome: 'running', finishedAt: null }),
  progress: { done: 0.25, secondsLeft: 9, task: 'ARP Ping Scan', hosts: 3 },
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
