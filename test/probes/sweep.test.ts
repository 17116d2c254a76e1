import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan, type Responder, startResponder } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { type Looker, type PrintedReport, startLooker } from './looker.ts';

const NEEDS = needs('netns', 'python3', 'arp-scan', 'nmap');

const pairs = ({ observations }: PrintedReport): string[] => observations.map(({ address, mac }) => `${address} ${mac}`).sort();
const standing = (lan: Lan): string[] => [...lan.hosts, lan.probe].map(({ address, mac }) => `${address} ${mac}`).sort();

function provesNothing({ outcome, cause, observations, coverage }: PrintedReport, code: string): void {
  assert.deepEqual([outcome, cause?.code, observations, coverage.addresses], ['failed', code, [], []]);
}

describe('a sweep of an attached network', NEEDS, () => {
  let lan: Lan;
  let looker: Looker;
  const sweep = (more = {}): Promise<PrintedReport> => looker.look({ targets: [lan.block], plan: 'sweep', sweepRate: 0, ...more });
  before(async () => {
    lan = await createLan({ hosts: 60, detour: true });
    looker = startLooker(['ip', 'netns', 'exec', lan.probe.namespace]);
  });
  after(async () => {
    await looker.close();
    await lan.stop();
  });

  test('60 hosts and our own address are seen with their cards, by ARP alone, and everything is covered', async () => {
    const report = await sweep();
    assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    assert.deepEqual(pairs(report), standing(lan));
    assert.deepEqual(report.coverage.addresses, [lan.block]);
    assert.deepEqual([report.tool, report.commands.length], [{ name: 'arp-scan', version: '1.10.0' }, 1]);
    assert.ok(report.observations.every(({ reason }) => reason === 'arp-response' || reason === 'localhost-response'));
  });

  test('the rate stands in the command, exactly', async () => {
    const report = await sweep({ sweepRate: 500, change: { maxRate: 2000 }, targets: ['10.77.0.0/28'] });
    assert.ok(report.commands[0]?.includes('--interval=500u'));
    assert.ok((await sweep({ sweepRate: 500, targets: ['10.77.0.0/28'] })).commands[0]?.includes('--interval=2000u'));
  });

  test('R1 R2 R3 R4: a sweep that could not see proves nothing, although another way answers', async () => {
    await lan.unplug();
    provesNothing(await sweep(), 'no-carrier');
    await lan.plug();
    await lan.probeDown();
    provesNothing(await sweep(), 'interface-down');
    await lan.probeUp();
    await lan.dropAddress();
    provesNothing(await sweep(), 'address-lost');
    await lan.restoreAddress();
    assert.equal((await sweep()).outcome, 'complete');
  });

  test('as many silent addresses as a thorough look may have are asked within the time that a direct question has', async () => {
    const report = await sweep({ targets: ['10.77.0.100-10.77.0.131'], thorough: true, sweepRate: 500 });
    assert.deepEqual([report.outcome, report.observations, report.coverage.addresses], ['complete', [], ['10.77.0.100-10.77.0.131']]);
    assert.ok(report.finishedAt - report.startedAt < 20_000, `it took ${report.finishedAt - report.startedAt} ms`);
  });

  test('R36: at 30 % loss a thorough look finds everybody of ten, in a few seconds, and covers who is silent', async (t) => {
    const hosts = Array.from({ length: 10 }, (_, i) => ({ address: lan.addressAt(100 + i), mac: `02:00:5e:00:54:0${i}` }));
    const responder: Responder = await startResponder(lan, { hosts, loss: 0.3 });
    t.after(() => responder.stop());
    const began = performance.now();
    const report = await sweep({ targets: ['10.77.0.100-10.77.0.111'], thorough: true, sweepRate: 500 });
    const took = performance.now() - began;
    assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    assert.deepEqual(pairs(report), hosts.map(({ address, mac }) => `${address} ${mac}`).sort());
    assert.ok(took < 8000, `it took ${Math.round(took)} ms`);
    assert.deepEqual(report.coverage.addresses, ['10.77.0.100-10.77.0.111']);
  });

  test('two cards that answer for one address are both told', async (t) => {
    const responder = await startResponder(lan, { hosts: [{ address: '10.77.0.120', mac: '02:00:5e:00:54:20' }] });
    const other = await startResponder(lan, { hosts: [{ address: '10.77.0.120', mac: '02:00:5e:00:54:21' }] });
    t.after(async () => Promise.all([responder.stop(), other.stop()]));
    const report = await sweep();
    const answers = pairs(report).filter((pair) => pair.startsWith('10.77.0.120 '));
    assert.deepEqual(answers, ['10.77.0.120 02:00:5e:00:54:20', '10.77.0.120 02:00:5e:00:54:21']);
  });
});
