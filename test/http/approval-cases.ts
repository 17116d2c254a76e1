import { contract } from '../../src/contract/index.ts';
import type { Approval, Baseline } from '../../src/core/index.ts';
import type { Approved, DriftAnswer, StandingApproval } from '../../src/watch/index.ts';
import { AT } from '../make/device.ts';
import { PRINTER } from './fake-keeper.ts';
import { type Case, json } from './operation-case.ts';

const BASELINE: Baseline = { id: 2, site: 'home', target: null, at: AT, by: null, note: null };
const NAS = { kind: 'device', device: 7, named: 'printer' } as const;
const APPROVAL: Approval = {
  id: 3,
  site: 'home',
  subject: NAS,
  permit: { kind: 'presence' },
  by: 'ada',
  why: null,
  at: AT,
  until: null,
  revoked: null,
};
const STANDING: StandingApproval = { approval: APPROVAL, inForce: true, device: PRINTER };
const PLACE = { protocol: 'tcp', port: 23 } as const;
const APPROVED: Approved = {
  devices: 1,
  services: 2,
  portOnly: 1,
  made: 3,
  already: 0,
  replaced: 0,
  away: 1,
  leftOut: [{ device: PRINTER, place: PLACE, reason: 'policy 1: nowhere 23/tcp' }],
};
const DRIFT: DriftAnswer = {
  subject: 'home',
  at: AT,
  begun: true,
  devices: 2,
  asApproved: 1,
  unknown: [],
  items: [
    {
      kind: 'service.unapproved',
      device: { id: 7, name: null, addresses: ['10.0.0.20'], macs: [] },
      place: PLACE,
      called: 'telnet',
      found: null,
      approved: null,
      reason: 'nobody approved it',
      approval: null,
    },
  ],
};
/** Operations about how the network should be. */
export const APPROVAL_CASES: Record<string, Case> = {
  'baselines.make': {
    answers: { makeBaseline: async (request) => ({ ...BASELINE, ...request }), approve: async () => APPROVED },
    rest: ['/api/v1/baselines', json('POST', { target: '10.0.0.0/24', note: 'after the move', by: 'ada' })],
    call: (client) => client.baselines.make({ target: '10.0.0.0/24', note: 'after the move', by: 'ada' }),
    procedure: contract.baselines.make,
  },
  'baselines.list': {
    answers: { baselines: async ({ target = null, limit }) => [{ ...BASELINE, id: limit, target }] },
    rest: ['/api/v1/baselines?target=10.0.0.0/24&limit=5'],
    call: (client) => client.baselines.list({ target: '10.0.0.0/24', limit: 5 }),
    procedure: contract.baselines.list,
  },
  'approvals.list': {
    answers: { approvals: async ({ all }) => [STANDING, { ...STANDING, inForce: all, device: null }] },
    rest: ['/api/v1/approvals?at=1d&over=yes'],
    call: (client) => client.approvals.list({ at: '1d', over: 'yes' }),
    procedure: contract.approvals.list,
  },
  'approvals.approve': {
    answers: { findDevice: () => PRINTER, approve: async () => APPROVED },
    rest: [
      '/api/v1/approvals',
      json('POST', { devices: ['printer'], services: ['22/tcp'], version: '>=9 <10', until: '90d', why: 'x', by: 'ada' }),
    ],
    call: (client) =>
      client.approvals.approve({ devices: ['printer'], services: ['22/tcp'], version: '>=9 <10', until: '90d', why: 'x', by: 'ada' }),
    procedure: contract.approvals.approve,
  },
  'approvals.revoke': {
    answers: { revoke: async () => [{ ...STANDING, inForce: false }] },
    rest: ['/api/v1/approvals/revoke', json('POST', { ids: [3], by: 'eve' })],
    call: (client) => client.approvals.revoke({ ids: [3], by: 'eve' }),
    procedure: contract.approvals.revoke,
  },
  'approvals.policy': {
    answers: { makePolicy: async ({ rule, ports }) => ({ ...APPROVAL, subject: { kind: 'everywhere' }, permit: { kind: rule, ports } }) },
    rest: ['/api/v1/approvals/policy', json('POST', { rule: 'nowhere', ports: '23/tcp' })],
    call: (client) => client.approvals.policy({ rule: 'nowhere', ports: '23/tcp' }),
    procedure: contract.approvals.policy,
  },
  'approvals.drift': {
    answers: { drift: async () => DRIFT },
    rest: ['/api/v1/drift?target=10.0.0.0/24&at=1d&filter=group:iot'],
    call: (client) => client.approvals.drift({ target: '10.0.0.0/24', at: '1d', filter: 'group:iot' }),
    procedure: contract.approvals.drift,
  },
  'approvals.export': {
    answers: { approvals: async () => [STANDING, { ...STANDING, device: null }] },
    rest: ['/api/v1/approvals/export'],
    call: (client) => client.approvals.export(),
    procedure: contract.approvals.export,
  },
  'approvals.import': {
    answers: { importApprovals: async ({ entries }) => ({ made: entries.length, already: 0, replaced: 0, expired: 0, unseen: 0 }) },
    rest: ['/api/v1/approvals/import', json('POST', { entries: [{ device: '10.0.0.20', port: '22/tcp' }], gently: true })],
    call: (client) => client.approvals.import({ entries: [{ device: '10.0.0.20', port: '22/tcp' }], gently: true }),
    procedure: contract.approvals.import,
  },
};
