import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan } from '../lan/index.ts';
import { ipBatch } from '../lan/ip.ts';
import { needs } from '../needs.ts';
import { type Looker, type PrintedReport, startLooker } from './looker.ts';

const NET = 'fd00:77::/64';

describe('a sweep of an attached IPv6 network', needs('netns', 'python3', 'arp-scan', 'nmap', 'ping'), () => {
  let lan: Lan;
  let looker: Looker;
  const sweep = (more = {}): Promise<PrintedReport> => looker.look({ targets: [NET], plan: 'sweep', sweepRate: 0, ...more });
  before(async () => {
    lan = await createLan({ hosts: 4 });
    await ipBatch(['addr add fd00:77::fe/64 dev lan0 nodad'], lan.probe.namespace);
    for (const [i, host] of lan.hosts.entries())
      if (i < 3) await ipBatch([`addr add fd00:77::${i + 1}/64 dev eth0 nodad`, 'addr add fd00:99::1/64 dev eth0 nodad'], host.namespace);
    looker = startLooker(['ip', 'netns', 'exec', lan.probe.namespace]);
  });
  after(async () => {
    await looker.close();
    await lan.stop();
  });

  test('finds whoever answers an echo to all, at addresses no table knew, with their cards, and asks no other network', async () => {
    const report = await sweep();
    assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    const found = report.observations.filter(({ address }) => address !== 'fd00:77::fe');
    assert.deepEqual(
      found.map(({ address, mac }) => `${address} ${mac}`).sort(),
      lan.hosts.slice(0, 3).map(({ mac }, i) => `fd00:77::${i + 1} ${mac}`),
    );
  });

  test('law 2: the silence of an address nobody expected proves nothing, that of one expected does', async () => {
    const before = await sweep();
    assert.ok(!before.coverage.addresses.some((block) => block === NET));
    const gone = { address: 'fd00:77::dead', mac: '02:00:5e:00:00:99' };
    const report = await sweep({ expected: [gone] });
    assert.ok(
      report.coverage.addresses.some((block) => block.includes('fd00:77::dead')),
      report.coverage.addresses.join(),
    );
    assert.ok(!report.observations.some(({ address }) => address === gone.address));
  });
});
