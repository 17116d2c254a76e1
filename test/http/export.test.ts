import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { Fault } from '../../src/core/index.ts';
import type { Keeper } from '../../src/watch/index.ts';
import { seen } from '../make/device.ts';
import { fakeKeeper, scan } from './fake-keeper.ts';
import { openDoor } from './open-door.ts';

const RUN = '<?xml version="1.0"?>\n<nmaprun args="nmap -- 10.0.0.1"><host><address addr="10.0.0.1" addrtype="ipv4"/></host></nmaprun>\n';

const keeping = (raw: string): Partial<Keeper> => ({
  scan: async () => ({ scan: scan(), run: undefined }),
  rawOf: async () => zstdCompressSync(Buffer.from(raw)),
  hostsOf: async () => ({ scan: scan(), hosts: [{ observation: seen('10.0.0.7', 1), scripts: [] }], kept: true }),
});

test('a scan is handed out in each form, as a download with a name', async () => {
  await using open = await openDoor({ keeper: fakeKeeper(keeping(RUN)) });
  for (const [as, name, type, pattern] of [
    ['xml', 'scan-31.xml', 'application/xml', /^<\?xml [^]*<host>[^]*<\/nmaprun>\n$/],
    ['json', 'scan-31.json', 'application/json', /^\{\n {2}"scan": [^]*"10\.0\.0\.7"/],
    ['csv', 'scan-31.csv', 'text/csv; charset=utf-8', /^scan,seen,[^]*,10\.0\.0\.7,/],
    ['grepable', 'scan-31.gnmap', 'text/plain; charset=utf-8', /^Host: 10\.0\.0\.7 \(\)\tStatus: Up$/m],
    ['normal', 'scan-31.nmap', 'text/plain; charset=utf-8', /^Nmap scan report for 10\.0\.0\.7$/m],
  ] as const) {
    const reply = await open.ask(`/api/v1/scans/31/export?as=${as}`);
    assert.equal(reply.status, 200, as);
    assert.equal(reply.headers['content-disposition'], `attachment; filename="${name}"`);
    assert.equal(reply.headers['content-type'], type);
    assert.match(reply.text, pattern);
    assert.equal(await (await open.client.scans.export({ id: 31, as })).text(), reply.text);
  }
  assert.equal((await open.ask('/api/v1/scans/31/export?as=pdf')).status, 400);
  assert.equal((await open.ask('/api/v1/scans/31/export')).status, 400);
});

test('output that is no XML of nmap, or that is no longer kept, is refused with the forms there still are', async () => {
  const gone = async (): Promise<never> => {
    throw new Fault('not-found', 'finding output of scan 31: none was kept', 'x');
  };
  for (const answers of [keeping('Interface: eth0, type: EN10MB\n'), { ...keeping(RUN), rawOf: gone }]) {
    await using open = await openDoor({ keeper: fakeKeeper(answers) });
    const { status, json } = await open.ask('/api/v1/scans/31/export?as=xml');
    assert.equal(status, 404);
    assert.match(JSON.stringify(json), /exporting scan 31 as xml: [^"]*.*json, csv, grepable or normal/);
    assert.equal((await open.ask('/api/v1/scans/31/export?as=csv')).status, 200);
  }
});
