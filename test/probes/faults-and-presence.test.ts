/** G2: what the probes make of each fault of their tools, through the keeper: nobody is said to have left, nobody is doubled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation, ScanReport } from '../../src/core/index.ts';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import type { Answer } from '../watch/scripted-prober.ts';
import { declared, every, stand, told, watching } from '../watch/stand.ts';
import { fakeMachine, LOOPBACK, link } from './fake-machine.ts';
import { lookWith, type Stub, type StubLook, stub } from './stub.ts';

/** Hosts of the stubs: 10.77.0.2 with the hardware address 02:00:5e:00:53:02, and so on; 10.78.0.2 with ...:78:02. */
const host = (number: number, network = 77): Observation => ({
  ...seen(`10.${network}.0.${number}`),
  mac: `02:00:5e:00:${network === 77 ? 53 : network}:0${number}`,
  reason: 'arp-response',
});
const ALL = [2, 5, 7, 8, 9].map((number) => host(number));

interface FaultyLook {
  readonly stub: string;
  readonly how?: StubLook;
  /** Who is there, and stays; all when left out. */
  readonly there?: readonly Observation[];
}

const GOOD = link('va', ['10.77.0.1/24']);
const turning = (after: Partial<typeof GOOD>): StubLook => ({
  machine: fakeMachine({
    links: [
      [LOOPBACK, GOOD],
      [LOOPBACK, GOOD],
      [LOOPBACK, { ...GOOD, ...after }],
    ],
  }),
});
const being = (now: Partial<typeof GOOD>): StubLook => ({ machine: fakeMachine({ links: [[LOOPBACK, { ...GOOD, ...now }]] }) });
const BRIEF = { plan: { budget: 1500 }, speed: 20 };

const FAULTS: Readonly<Record<string, FaultyLook>> = {
  'R1: the interface is down': { stub: 'host-timeout', how: being({ up: false }) },
  'R1: the interface goes down meanwhile': { stub: 'host-timeout', how: turning({ up: false }) },
  'R2: no carrier': { stub: 'host-timeout', how: being({ carrier: false }) },
  'R2: the carrier goes meanwhile': { stub: 'host-timeout', how: turning({ carrier: false }) },
  'R2: the link flaps meanwhile': { stub: 'host-timeout', how: turning({ carrierChanges: 4 }) },
  'R3: the address is lost meanwhile': { stub: 'host-timeout', how: turning({ addresses: [] }) },
  'R4: a router answers for a neighbour': { stub: 'no-mac' },
  'R6: output that is cut off': { stub: 'cut-off' },
  'R7: it ends with an error': { stub: 'exit-error' },
  'R7: no word of its end': { stub: 'no-runstats' },
  'R7: one address of 255 was asked': { stub: 'wrong-total' },
  'R7: one network of two fails': {
    stub: 'one-network-fails',
    how: { targets: ['10.77.0.2', '10.78.0.0', '10.78.0.2-10.78.0.255'] },
    there: [...ALL, host(2, 78)],
  },
  'R7: exit code 0 and nothing else': { stub: 'rc0-nothing' },
  'R7: what it prints is no XML': { stub: 'not-xml' },
  'R8: it gives up on a host': { stub: 'host-timeout', there: [host(2), host(9)] },
  'R9: it hangs': { stub: 'forever', how: BRIEF },
  'R9: it hangs and will not end': { stub: 'traps-term', how: BRIEF },
  'R9: it is stopped': { stub: 'stopped', how: BRIEF },
  'R10: it crashes': { stub: 'segfault' },
  'R11: it is missing': { stub: 'missing' },
  'R12: no raw packets any more': { stub: 'no-mac', how: { machine: fakeMachine({ privileged: false }) }, there: [host(2), host(5)] },
};

const MISSING: Stub = { path: '/nowhere/nmap', wrote: () => undefined, remove: () => {} };

async function reportOf({ stub: name, how }: FaultyLook): Promise<ScanReport> {
  const tool = name === 'missing' ? MISSING : stub(name);
  try {
    return await lookWith(tool, how);
  } finally {
    tool.remove();
  }
}

const answerOf = ({ observations, outcome, cause, coverage, vantage }: ScanReport): Answer => ({
  hosts: observations,
  outcome,
  ...(cause && { cause }),
  coverage,
  privileged: vantage.privileged,
});

for (const [name, fault] of Object.entries(FAULTS))
  test(`${name}: six hours of it make nobody leave, and nobody appear twice`, async () => {
    const there = fault.there ?? ALL;
    const faulty = answerOf(await reportOf(fault));
    let ill = false;
    const house = await stand({
      config: watching(declared('10.77.0.0/24', every(MINUTE)), declared('10.78.0.0/24', every(MINUTE))),
      script: ({ addresses }) =>
        ill ? faulty : { hosts: there.filter(({ address }) => addresses.startsWith(address.split('.', 2).join('.'))) },
    });
    await house.clock.pass(2 * HOUR);
    const known = (await told(house)).length;
    assert.equal(house.keeper.roll().devices.length, there.length);
    ill = true;
    await house.clock.pass(6 * HOUR);
    ill = false;
    await house.clock.pass(HOUR);
    const since = (await told(house)).slice(known);
    assert.deepEqual(
      since.filter((change) => /^(?:device|identity)\./.test(change)),
      [],
      since.join(', '),
    );
    assert.deepEqual(
      house.keeper.roll().devices.map(({ presence }) => presence),
      there.map(() => 'present'),
    );
    await house.end();
  });
