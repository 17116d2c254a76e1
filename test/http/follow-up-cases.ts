import { contract } from '../../src/contract/index.ts';
import type { FollowUpPlan } from '../../src/watch/index.ts';
import { scan } from './fake-keeper.ts';
import { type Case, json } from './operation-case.ts';

const DUE: FollowUpPlan = {
  lots: [{ addresses: [{ family: 4, first: 0x0a000001n, last: 0x0a000001n }], ports: { tcp: [[22, 22]] } }],
  commands: [['nmap', '-p', '22', '--', '10.0.0.1']],
  opened: 1,
  old: 0,
  spared: [{ device: 7, address: '10.0.0.7', protocol: 'tcp', port: 502, reason: 'opened', spared: 'a controller' }],
};
const RESULT = { scan: scan(), hosts: [], changes: [], warnings: [] };

export const followUpCases: Readonly<Record<string, Case>> = {
  'followup.plan': {
    answers: { followUp: async (targets) => ({ ...DUE, old: targets.length }) },
    rest: ['/api/v1/followup?target=10.0.0.0/24'],
    call: (client) => client.followup.plan({ target: ['10.0.0.0/24'] }),
    procedure: contract.followup.plan,
  },
  'followup.start': {
    answers: {
      startFollowUp: async () => ({ scan: scan({ outcome: 'running', finishedAt: null, run: null }), done: Promise.resolve(RESULT) }),
    },
    rest: ['/api/v1/followup', json('POST', { targets: ['10.0.0.0/24'] })],
    call: (client) => client.followup.start({ targets: ['10.0.0.0/24'] }),
    procedure: contract.followup.start,
  },
};
