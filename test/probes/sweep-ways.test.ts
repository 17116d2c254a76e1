import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { ipBatch, ipJson } from '../lan/ip.ts';
import { needs } from '../needs.ts';
import { type Looker, type PrintedReport, startLooker } from './looker.ts';

const NET6 = 'fd00:77::/64';
/** Our second address in the LAN, and one behind a router; neither leads out of the namespaces. */
const [SECOND, ROUTED] = ['10.77.0.253', '203.0.113.5'];

const shown = ({ observations }: PrintedReport): string[] => observations.map(({ address, mac }) => `${address} ${mac}`).sort();
const standing = (hosts: readonly { address: string; mac: string }[]): string[] => hosts.map(({ address, mac }) => `${address} ${mac}`);

describe('a sweep of several networks at once', needs('netns', 'python3', 'arp-scan', 'nmap', 'ping'), () => {
  let lan: Lan;
  let looker: Looker;
  let linkLocal: { address: string; mac: string };
  const sweep = (targets: readonly string[], more = {}): Promise<PrintedReport> =>
    looker.look({ targets, plan: 'sweep', sweepRate: 0, ...more });
  const own = (address: string) => ({ address, mac: lan.probe.mac });
  before(async () => {
    lan = await createLan({ hosts: 4, detour: true });
    await ipBatch([`addr add ${ROUTED}/32 dev lo`], lan.router);
    await ipBatch([`addr add ${SECOND}/24 dev lan0`, 'addr add fd00:77::fe/64 dev lan0 nodad'], lan.probe.namespace);
    await ipBatch(['addr add fd00:77::1/64 dev eth0 nodad'], host(0).namespace);
    const [card] = await ipJson(host(1).namespace, ['-6', 'addr', 'show', 'dev', 'eth0', 'scope', 'link']);
    const addresses = (card?.['addr_info'] ?? []) as { local: string }[];
    linkLocal = { address: addresses[0]?.local ?? '', mac: host(1).mac };
    looker = startLooker(['ip', 'netns', 'exec', lan.probe.namespace]);
  });
  after(async () => {
    await looker.close();
    await lan.stop();
  });
  const host = (i: number): LanHost => lan.hosts[i] as LanHost;

  test('attached, routed and IPv6 addresses in one order are each asked in their way, and all are covered', async () => {
    const report = await sweep([lan.block, ROUTED, NET6]);
    assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    const near = [...lan.hosts, own(lan.probe.address), own(SECOND), { address: 'fd00:77::1', mac: host(0).mac }];
    const found = shown(report).filter((pair) => !pair.startsWith('fd00:77::fe'));
    assert.deepEqual(found, [...standing(near), `${ROUTED} null`].sort());
    assert.ok([lan.block, ROUTED].every((block) => report.coverage.addresses.includes(block)));
    assert.equal(report.tool.name, 'arp-scan + nmap');
  });

  test('two addresses of ours on one interface are one look, asked from one of them, and both are seen', async () => {
    const report = await sweep([lan.block]);
    assert.deepEqual(shown(report), standing([...lan.hosts, own(lan.probe.address), own(SECOND)]).sort());
    assert.deepEqual([report.coverage.addresses, report.commands.length], [[lan.block], 1]);
    assert.match(report.commands[0]?.join(' ') ?? '', /--arpspa=10\.77\.0\.25[34] /);
  });

  test('R3: with one of the two lost the look goes on from the other', async (t) => {
    // Otherwise the kernel drops the second one with the first.
    await lan.run(['sh', '-c', 'echo 1 > /proc/sys/net/ipv4/conf/lan0/promote_secondaries']);
    await lan.dropAddress();
    t.after(() => lan.restoreAddress());
    const report = await sweep([lan.block]);
    assert.deepEqual([report.outcome, shown(report)], ['complete', standing([...lan.hosts, own(SECOND)]).sort()]);
  });

  test('a link-local neighbour is found on the interface that is named, with its card', async () => {
    const report = await sweep([linkLocal.address], { iface: 'lan0' });
    assert.equal(report.outcome, 'complete', JSON.stringify([report.cause, report.warnings]));
    assert.deepEqual(shown(report), standing([linkLocal]));
    const whole = await sweep(['fe80::/64'], { iface: 'lan0' });
    assert.equal(whole.outcome, 'complete', JSON.stringify([whole.cause, whole.warnings]));
    assert.ok(shown(whole).includes(standing([linkLocal])[0] as string), shown(whole).join());
  });

  test('R11: without arp-scan nmap asks the neighbours, and the report says so', async () => {
    const report = await sweep([lan.block], { without: ['arp-scan'] });
    assert.deepEqual([report.outcome, report.tool.name], ['complete', 'nmap'], JSON.stringify(report.cause));
    assert.deepEqual(shown(report), standing([...lan.hosts, own(lan.probe.address), own(SECOND)]).sort());
    assert.deepEqual(report.coverage.addresses, [lan.block]);
    assert.ok(report.warnings.includes('arp-scan is not installed: asked with nmap instead, which is slower'));
  });

  test('without ping an IPv6 neighbour is found where it was expected', async () => {
    const expected = [{ address: 'fd00:77::1', mac: null }];
    const report = await sweep([NET6], { without: ['ping'], expected });
    assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    assert.ok(shown(report).includes(`fd00:77::1 ${host(0).mac}`));
    assert.deepEqual((await sweep([NET6], { without: ['ping', 'nmap'], expected })).cause?.code, 'tool-missing');
  });
});
