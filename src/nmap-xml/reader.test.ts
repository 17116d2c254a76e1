import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNmapReader, type NmapReaderOptions, readNmapBytes } from './index.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const run = (inside: string): string => `<nmaprun scanner="nmap" start="5">${inside}</nmaprun>`;
const read = (document: string, options: NmapReaderOptions = {}) => readNmapBytes(encode(document), options);
const onlyHost = (inside: string, options: NmapReaderOptions = {}) => read(run(`<host>${inside}</host>`), options).hosts[0];

describe('the reader', () => {
  it('tells of everything in the order of the document, as soon as it is whole', () => {
    const told: string[] = [];
    const reader = createNmapReader({
      onRun: ({ scanner, version, start }) => told.push(`run ${scanner} ${version} ${start}`),
      onScanInfo: ({ protocol, services }) => told.push(`scans ${protocol} ${JSON.stringify(services)}`),
      onProgress: ({ task, percent, remaining, etc }) => told.push(`${task} ${percent} ${remaining} ${etc}`),
      onScripts: (when, scripts) => told.push(`${when} ${scripts.length}`),
      onHost: ({ addresses }) => told.push(`host ${addresses[0]?.addr}`),
      onFinished: ({ exit, total }) => told.push(`finished ${exit} ${total}`),
    });
    const tell = (text: string): number => {
      reader.write(encode(text));
      return told.length;
    };
    assert.equal(tell('<nmaprun scanner="nmap" start="17"'), 0);
    assert.equal(tell('><scaninfo type="syn" protocol="tcp" services="1-3,9"/>'), 2);
    assert.equal(
      tell('<taskprogress task="Ping" percent="12.50" remaining="3" etc="20"/><prescript><script id="a" output=""/></prescript>'),
      4,
    );
    assert.equal(tell('<host><address addr="192.0.2.1" addrtype="ipv4"/></hos'), 4);
    assert.equal(tell('t>'), 5);
    assert.equal(tell('<postscript/><runstats><finished exit="success"/><hosts up="1" down="0" total="1"/></runstats></nmaprun>'), 7);
    assert.equal(reader.end().ending, 'complete');
    assert.deepEqual(told, [
      'run nmap null 17',
      'scans tcp [[1,3],[9,9]]',
      'Ping 12.5 3 20',
      'pre 1',
      'host 192.0.2.1',
      'post 0',
      'finished success 1',
    ]);
  });

  it('says that it has stopped, so that nobody goes on fetching', () => {
    const reader = createNmapReader({});
    reader.write(encode('<nmaprun>'));
    assert.equal(reader.stopped, false);
    reader.write(encode('<host></nmaprun>'));
    assert.equal(reader.stopped, true);
    assert.equal(reader.end().ending, 'partial');
  });

  it('takes elements only where nmap puts them', () => {
    const { hosts, finished } = read(
      run(
        '<hosthint><address addr="1"/></hosthint><address addr="2"/><x><host><address addr="3"/></host></x>' +
          '<host><x><address addr="4"/></x><host><address addr="5"/></host><hostnames><address addr="6"/></hostnames>' +
          '<ports><port protocol="tcp" portid="1"><script id="s" output="o"><address addr="7"/><script id="t" output="p"/></script></port></ports>' +
          '<status state="up"/></host><finished exit="success"/>',
      ),
    );
    assert.equal(hosts.length, 1);
    assert.deepEqual([hosts[0]?.addresses, hosts[0]?.state, finished], [[], 'up', null]);
    assert.deepEqual(hosts[0]?.ports[0]?.scripts, [{ id: 's', output: 'o' }]);
  });

  it('is not misled by names that objects have by themselves', () => {
    const { ending, hosts } = read(run('<__proto__/><constructor><host/></constructor><host __proto__="1"><toString/></host>'));
    assert.deepEqual([ending, hosts.length], ['complete', 1]);
    for (const name of ['__proto__', 'constructor', 'toString']) assert.equal(read(`<${name}/>`).ending, 'unreadable');
  });

  it('keeps apart what is missing and what is empty', () => {
    const host = onlyHost('<ports><port protocol="tcp" portid="1"><state/><service product=""/></port></ports><address addr="a"/>');
    assert.deepEqual([host?.ports[0]?.state, host?.ports[0]?.service?.name, host?.ports[0]?.service?.product], [null, null, '']);
    assert.deepEqual([host?.state, host?.startTime, host?.addresses[0]?.type], [null, null, null]);
  });

  it('leaves out what it cannot use, with all that hangs on it, and says so', () => {
    const { hosts, warnings, ending } = read(
      run(
        '<scaninfo type="syn" protocol="tcp" services="all"/><host><address/><hostnames><hostname type="PTR"/></hostnames><os><osmatch/></os><ports>' +
          ['-1', '65536', '1e3', '', '\u0661']
            .map((id) => `<port protocol="tcp" portid="${id}"><state state="open"/><script id="a" output="b"/></port>`)
            .join('') +
          '<port portid="5"/><extraports state="closed"><extrareasons ports="x"/></extraports></ports><hostscript><script id="c"/></hostscript></host>',
      ),
    );
    assert.equal(ending, 'complete');
    assert.deepEqual(
      [hosts[0]?.ports, hosts[0]?.scripts, hosts[0]?.addresses, hosts[0]?.hostnames, hosts[0]?.osMatches],
      [[], [], [], [], []],
    );
    assert.equal(warnings.length, 1 + 3 + 6 + 1 + 1);
    assert.equal(warnings[0], 'left out what was scanned, as it is not a type, a protocol and ports: "all"');
  });

  it('names at most a hundred troubles one by one', () => {
    const { warnings } = read(run(`<host>${'<address/>'.repeat(250)}</host>`));
    assert.deepEqual([warnings.length, warnings.at(-1)], [101, 'and 150 more of the kind']);
  });

  it('reads as UTF-8 whatever encoding is claimed, and says so', () => {
    assert.deepEqual(read('<?xml version="1.0" encoding="utf-8"?><nmaprun/>').warnings, []);
    assert.deepEqual(read('<?xml version="1.0" encoding="ISO-8859-1"?><nmaprun/>').warnings, [
      'read the document as UTF-8, though it says it is "ISO-8859-1"',
    ]);
  });

  it('tells the protocol of the scan where there was only one', () => {
    const info = (protocol: string): string => `<scaninfo type="x" protocol="${protocol}" services="1"/>`;
    const protocolOf = (inside: string) => read(run(`${inside}<host/>`)).hosts[0]?.scanProtocol;
    assert.deepEqual([protocolOf(info('udp')), protocolOf(info('tcp') + info('udp')), protocolOf('')], ['udp', null, null]);
  });
});

describe('one host that has too much', () => {
  it('of anything is refused; the hosts before it are kept', () => {
    const { ending, hosts, fault } = read(run(`<host/><host>${'<address addr="a"/>'.repeat(6)}</host>`), { limits: { hostItems: 5 } });
    assert.deepEqual([ending, hosts.length], ['partial', 1]);
    assert.match(fault?.message ?? '', /more than 5 ports, names/);
  });

  it('of script output or fingerprints loses those, and does not cost us the scan', () => {
    const port = (id: number): string =>
      `<port protocol="tcp" portid="${id}"><service name="x" servicefp="${'f'.repeat(30)}"/><script id="s" output="${'o'.repeat(30)}"/></port>`;
    const { ending, hosts, warnings } = read(run(`<host><address addr="192.0.2.7"/><ports>${port(1)}${port(2)}</ports></host>`), {
      limits: { hostText: 200 },
    });
    assert.equal(ending, 'complete');
    assert.deepEqual(
      hosts[0]?.ports.map(({ service, scripts }) => [service?.servicefp?.length, scripts[0]?.output.length]),
      [
        [30, 30],
        [0, 0],
      ],
    );
    assert.deepEqual(warnings, ['left out scripts, their output or fingerprints of "192.0.2.7": there is too much of it']);
  });

  it('of scripts loses the ones beyond half of what a host may have', () => {
    const scripts = '<script id="s" output=""/>'.repeat(9);
    const { ending, hosts, warnings } = read(run(`<host><address addr="a"/><hostscript>${scripts}</hostscript></host>`), {
      limits: { hostItems: 8 },
    });
    assert.deepEqual([ending, hosts[0]?.scripts.length, warnings.length], ['complete', 3, 1]);
  });

  it('of other text is refused', () => {
    const names = `<hostnames>${'<hostname name="0123456789"/>'.repeat(30)}</hostnames>`;
    assert.match(read(run(`<host>${names}</host>`), { limits: { hostText: 200 } }).fault?.message ?? '', /more than 200 characters/);
  });
});
