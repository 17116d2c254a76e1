import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOOPBACK, link } from '../../../test/probes/fake-machine.ts';
import { rangesOf } from '../../../test/probes/stub.ts';
import { PLANS } from '../../core/index.ts';
import type { Job } from '../jobs.ts';
import { type Ground, judgeJob } from './judge-job.ts';

const NOW = Date.UTC(2026, 0, 1);
const GROUND: Ground = { links: [LOOPBACK, link('lan0', ['10.77.0.254/24', 'fd77::fe/64'])], allowances: [], now: NOW };

type Facts = Extract<Job, { kind: 'nmap' }>['facts'];
const nmap = (targets: readonly string[], other: Partial<Facts> = {}): Job => ({
  kind: 'nmap',
  budget: 1,
  facts: { plan: PLANS.ports, family: 4, ranges: rangesOf(...targets), iface: 'lan0', privileged: true, local: false, ...other },
});

test('addresses of private networks are looked at', () => {
  assert.equal(judgeJob(nmap(['10.77.0.0/24', '192.168.7.0/24']), GROUND), null);
  assert.equal(judgeJob(nmap(['fd77::1'], { family: 6 }), GROUND), null);
});

test('S29: a public address is refused, whoever asks, until the own config of the runner allows it, and after its last day', () => {
  const world = nmap(['198.51.100.0/24']);
  assert.match(judgeJob(world, GROUND) ?? '', /neither private/);
  const allowances = [{ ranges: rangesOf('198.51.100.0/24'), owner: 'us', until: NOW + 1000 }];
  assert.equal(judgeJob(world, { ...GROUND, allowances }), null);
  assert.match(judgeJob(world, { ...GROUND, allowances, now: NOW + 1000 }) ?? '', /neither private/);
});

test('S29: more addresses than a /20, and those nobody can have, are refused', () => {
  assert.match(judgeJob(nmap(['10.0.0.0/16']), GROUND) ?? '', /more than 4096/);
  assert.match(judgeJob(nmap(['224.0.0.1']), GROUND) ?? '', /no device can have/);
});

test('S29: an interface that is not there, a family that is not the one of the addresses, and borrowed haste are refused', () => {
  assert.match(judgeJob(nmap(['10.77.0.1'], { iface: 'eth9' }), GROUND) ?? '', /eth9 does not exist/);
  assert.match(judgeJob(nmap(['10.77.0.1'], { family: 6 }), GROUND) ?? '', /not all addresses are of IPv6/);
  assert.match(judgeJob(nmap(['10.77.0.1'], { local: true }), GROUND) ?? '', /of this machine/);
  assert.equal(judgeJob(nmap(['10.77.0.254', '127.0.0.1'], { local: true }), GROUND), null);
  assert.match(judgeJob(nmap(['10.77.0.0/24'], { thorough: true }), GROUND) ?? '', /thoroughly/);
});

test('S29: nobody is asked in the name of another', () => {
  const pace = { rate: 500, tries: 2, patience: 250 };
  const arp = (source: string | null): Job => ({
    kind: 'arp-scan',
    budget: 1,
    facts: { iface: 'lan0', source, ranges: rangesOf('10.77.0.0/24'), pace },
  });
  assert.equal(judgeJob(arp('10.77.0.254'), GROUND), null);
  assert.equal(judgeJob(arp(null), GROUND), null);
  assert.match(judgeJob(arp('10.77.0.1'), GROUND) ?? '', /10\.77\.0\.1 is no address of interface lan0/);
  assert.match(judgeJob({ kind: 'echo', budget: 1, facts: { iface: 'lan0', source: 'fd77::1' } }, GROUND) ?? '', /no address of/);
  assert.match(judgeJob({ kind: 'capture', facts: { iface: 'any' } }, GROUND) ?? '', /any does not exist/);
});
