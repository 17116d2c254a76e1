import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { mergePorts, portsInclude } from '../../core/index.ts';
import { type NmapDocument, readNmapBytes } from '../../nmap-xml/index.ts';
import { oneDocument } from './one-document.ts';

interface Run {
  readonly target: string;
  readonly hosts?: string;
  readonly ports?: string;
  readonly up?: number;
  readonly total?: number;
  readonly exit?: string;
}

const host = (address: string, inside = ''): string =>
  `<host><status state="up" reason="arp-response" reason_ttl="0"/><address addr="${address}" addrtype="ipv4"/>\n${inside}</host>\n`;

const open = (port: number, product = ''): string =>
  `<ports><port protocol="tcp" portid="${port}"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="x" product="${product}" method="probed" conf="10"/></port></ports>\n`;

/** A document as nmap writes one. */
const run = ({ target, hosts = '', ports = '22,80', up = 1, total = 1, exit = 'exit="success"' }: Run): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n<!-- Nmap 7.93 scan initiated as: nmap -sS -- ${target} -->\n` +
  `<nmaprun scanner="nmap" args="nmap -sS -oX - -&#45;stats-every 1s -e eth0 -&#45; ${target}" start="1795814950" startstr="Fri Nov 27 21:29:10 2026" version="7.93" xmloutputversion="1.05">\n` +
  `<scaninfo type="syn" protocol="tcp" numservices="2" services="${ports}"/>\n<verbose level="0"/>\n<hosthint><status state="up" reason="x" reason_ttl="0"/></hosthint>\n${hosts}` +
  `<runstats><finished time="1795814951" timestr="Fri Nov 27 21:29:11 2026" summary="x" elapsed="0.50" ${exit}/><hosts up="${up}" down="0" total="${total}"/>\n</runstats>\n</nmaprun>\n`;

const joined = (...documents: string[]): string => Buffer.from(oneDocument(Buffer.from(documents.join(''))) ?? []).toString();

function read(text: string) {
  const document = readNmapBytes(Buffer.from(text));
  assert.equal(document.fault, null, text);
  return document;
}

test('a scan of one run comes out as nmap wrote it, byte for byte', () => {
  const document = run({ target: '10.0.0.1', hosts: host('10.0.0.1', open(22, '&lt;b&gt;ü\u00ff')) });
  assert.equal(joined(document), document);
});

test('several runs become one document that says all they asked and saw', () => {
  const text = joined(
    run({ target: '10.0.0.0/24', hosts: host('10.0.0.1', open(22, '&lt;/host&gt;ü')), up: 1, total: 256 }),
    run({ target: '10.9.0.7', hosts: host('10.9.0.7', open(80)) }),
  );
  const { header, hosts, ending, finished } = read(text);
  assert.equal(header?.args, 'nmap -sS -oX - --stats-every 1s -e eth0 -- 10.0.0.0/24 10.9.0.7');
  assert.deepEqual(
    hosts.map(({ addresses, ports }) => [addresses[0]?.addr, ports[0]?.portid, ports[0]?.service?.product]),
    [
      ['10.0.0.1', 22, '</host>ü'],
      ['10.9.0.7', 80, ''],
    ],
  );
  assert.equal(ending, 'complete');
  assert.deepEqual([finished?.up, finished?.total, finished?.exit], [2, 257, 'success']);
  assert.match(text, /elapsed="1\.00"/);
});

test('where runs asked different ports, only what all of them asked counts as asked', () => {
  const text = joined(run({ target: '10.0.0.1', ports: '22,80-90' }), run({ target: '10.0.0.2', ports: '80,443' }));
  assert.match(text, /<scaninfo type="syn" protocol="tcp" numservices="1" services="80"\/>/);
  assert.doesNotMatch(joined(run({ target: '10.0.0.1', ports: '22' }), run({ target: '10.0.0.2', ports: '80' })), /<scaninfo/);
});

test('R6: a run that broke off leaves its whole hosts, and the document never says that it is whole', () => {
  const whole = run({ target: '10.0.0.1', hosts: host('10.0.0.1') });
  const second = run({ target: '10.0.0.2-3', hosts: `${host('10.0.0.2')}${host('10.0.0.3')}`, up: 2, total: 2 });
  const end = second.indexOf('</nmaprun>') + '</nmaprun>'.length;
  assert.equal(read(joined(whole, second.slice(0, 40))).finished, null, 'it wrote next to nothing');
  for (let cut = second.indexOf('<scaninfo'); cut < end; cut += 7) {
    for (const text of [joined(second.slice(0, cut)), joined(second.slice(0, cut), whole), joined(whole, second.slice(0, cut))]) {
      const { finished, hosts } = read(text);
      assert.equal(finished, null);
      assert.equal(text.match(/<host>/g)?.length ?? 0, hosts.length);
    }
  }
});

test('a run that failed makes the whole document one that failed', () => {
  const failed = run({ target: '10.0.0.2', exit: 'exit="error" errormsg="no route"', up: 0 });
  for (const text of [joined(run({ target: '10.0.0.1' }), failed), joined(failed, run({ target: '10.0.0.1' }))])
    assert.deepEqual([read(text).finished?.exit, read(text).finished?.errorMessage], ['error', 'no route']);
});

test('what is none of nmap XML is none', () => {
  for (const text of ['', 'Starting Nmap\n', '{}', '<?xml version="1.0"?><html></html>', `Interface: x\n`])
    assert.equal(oneDocument(Buffer.from(text)), null);
});

const fixtures = join(import.meta.dirname, '../../../test/nmap-xml/fixtures');

test('any two real scans put together have the hosts of both, each as it was, and claim no more ports than both asked', () => {
  const scans = readdirSync(fixtures)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => ({ name, text: readFileSync(join(fixtures, name), 'utf8') }))
    .filter(({ text }) => text.startsWith('<?xml ') && text.split('<nmaprun ').length === 2 && isWhole(text));
  assert.ok(scans.length > 3, `${scans.length} scans`);
  for (const [i, a] of scans.entries()) {
    const b = scans[(i * 7 + 1) % scans.length] as (typeof scans)[number];
    const [left, right] = [a, b].map(({ text }) => readNmapBytes(Buffer.from(text))) as [NmapDocument, NmapDocument];
    const both = readNmapBytes(Buffer.from(joined(a.text, b.text)));
    assert.equal(both.fault, null, `${a.name} and ${b.name}`);
    assert.deepEqual(both.hosts.map(asWritten), [...left.hosts, ...right.hosts].map(asWritten), `${a.name} and ${b.name}`);
    assert.deepEqual([both.finished?.up, both.finished?.total], [sum(left, right, 'up'), sum(left, right, 'total')]);
    for (const { protocol, services } of both.scanInfo) {
      const asked = [left, right].map(({ scanInfo }) =>
        mergePorts(scanInfo.flatMap((one) => (one.protocol === protocol ? one.services : []))),
      );
      for (const of of asked) assert.ok(portsInclude(of, services), `${a.name} and ${b.name}: ${protocol}`);
    }
  }
});

/** Without what the reader concludes from the whole document. */
const asWritten = ({ scanProtocol: _, ...host }: NmapDocument['hosts'][number]) => host;

const isWhole = (text: string): boolean => {
  const { ending, finished, fault } = readNmapBytes(Buffer.from(text));
  return ending === 'complete' && finished?.exit === 'success' && fault === null && text.trimEnd().endsWith('</nmaprun>');
};

const sum = (a: NmapDocument, b: NmapDocument, what: 'up' | 'total'): number => (a.finished?.[what] ?? 0) + (b.finished?.[what] ?? 0);
