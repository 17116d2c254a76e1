// How fast, and in how much memory, nmap's XML is read: ours beside saxes and sax, on the same generated scan.
// Each parser counts hosts, ports and attributes in a process of its own; all must count the same.
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Row, round } from './row.ts';

interface Counts {
  hosts: number;
  ports: number;
  attributes: number;
}

/** What we use of sax, which has no types of its own. */
interface SaxParser {
  onopentag: (tag: { name: string; attributes: object }) => void;
  write(text: string): unknown;
  close(): unknown;
}

/** Takes chunks, then says what it counted. */
interface Counter {
  write(chunk: Buffer): void;
  end(): Counts;
}

interface Measured extends Counts {
  readonly ms: number;
  readonly rssMb: number;
}

const CHUNK = 64 * 1024;
const HOSTS = 11_400;
const RUNS = 3;
const SERVICES = [
  ['ssh', 'OpenSSH', '9.2p1 Debian 2+deb12u2', 'protocol 2.0', 'cpe:/a:openbsd:openssh:9.2p1'],
  ['http', 'nginx', '1.22.1', '', 'cpe:/a:igor_sysoev:nginx:1.22.1'],
  ['https', 'Apache httpd', '2.4.57', '(Debian)', 'cpe:/a:apache:http_server:2.4.57'],
  ['ipp', 'CUPS', '2.4', '', 'cpe:/a:apple:cups:2.4'],
] as const;

/** The same numbers each time. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function port(portid: number, draw: () => number): string {
  const [name, product, version, extra, cpe] = SERVICES[Math.floor(draw() * SERVICES.length)] ?? SERVICES[0];
  const script =
    draw() < 0.3
      ? `<script id="http-title" output="&#xa;  Welcome to &quot;${name}-${portid}&quot; &lt;home&gt;"><elem key="title">Welcome</elem>\n</script>`
      : '';
  return (
    `<port protocol="tcp" portid="${portid}"><state state="${draw() < 0.8 ? 'open' : 'closed'}" reason="syn-ack" reason_ttl="64"/>` +
    `<service name="${name}" product="${product}" version="${version}" extrainfo="${extra}" ostype="Linux" method="probed" conf="10">` +
    `<cpe>${cpe}</cpe></service>${script}</port>\n`
  );
}

function host(index: number, draw: () => number): string {
  const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
  const ports = Array.from({ length: 8 + Math.floor(draw() * 10) }, (_, i) => port(20 + i * 61, draw));
  return (
    `<host starttime="1772445600" endtime="1772445${600 + (index % 400)}"><status state="up" reason="arp-response" reason_ttl="0"/>\n` +
    `<address addr="${address}" addrtype="ipv4"/>\n<address addr="02:00:5E:00:${hex(index >> 8)}:${hex(index)}" addrtype="mac" vendor="Example"/>\n` +
    `<hostnames>\n<hostname name="host-${index}.example.org" type="PTR"/>\n</hostnames>\n<ports><extraports state="filtered" count="980">\n` +
    `<extrareasons reason="no-response" count="980" proto="tcp" ports="1-19,1000-1960"/>\n</extraports>\n${ports.join('')}</ports>\n` +
    `<os><osmatch name="Linux 5.0 - 5.14" accuracy="98" line="70000"/></os>\n<times srtt="${index % 900}" rttvar="20" to="100000"/>\n</host>\n`
  );
}

const hex = (byte: number): string => (byte & 255).toString(16).toUpperCase().padStart(2, '0');

async function generate(path: string, hosts: number): Promise<void> {
  const file = createWriteStream(path);
  const drawn = numbers(1);
  const draw = (): number => drawn.next().value;
  file.write(
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n<!-- generated -->\n<nmaprun scanner="nmap" args="nmap -sV 10.0.0.0/8" start="1772445600" version="7.95" xmloutputversion="1.05">\n',
  );
  for (let i = 0; i < hosts; i++) if (!file.write(host(i, draw))) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  file.write('<runstats><finished time="1772449999" exit="success"/><hosts up="1" down="0" total="1"/>\n</runstats>\n</nmaprun>\n');
  await new Promise<void>((resolve) => file.end(() => resolve()));
}

function count(counts: Counts, name: string, attributes: number): void {
  if (name === 'host') counts.hosts++;
  else if (name === 'port') counts.ports++;
  counts.attributes += attributes;
}

/** Each parser is loaded only where it is measured. */
const PARSERS: Readonly<Record<string, () => Promise<Counter>>> = {
  async ours() {
    const { Tokenizer } = await import('../src/nmap-xml/index.ts');
    const counts = { hosts: 0, ports: 0, attributes: 0 };
    const tokenizer = new Tokenizer({ start: (name, attributes) => count(counts, name, attributes.count) });
    return {
      write: (chunk) => tokenizer.write(chunk),
      end: () => {
        const fault = tokenizer.end();
        if (fault) throw new Error(fault.message);
        return counts;
      },
    };
  },
  /** The whole reader: every host built and observed. */
  async reader() {
    const { createNmapReader, observationOf } = await import('../src/nmap-xml/index.ts');
    const counts = { hosts: 0, ports: 0, attributes: 0 };
    const reader = createNmapReader({
      onHost: (read) => {
        counts.hosts++;
        counts.ports += observationOf(read, 0)?.ports.length ?? 0;
      },
    });
    return {
      write: (chunk) => reader.write(chunk),
      end: () => {
        if (reader.end().ending !== 'complete') throw new Error('the generated scan is not complete');
        return counts;
      },
    };
  },
  async saxes() {
    const { SaxesParser } = await import('saxes');
    const counts = { hosts: 0, ports: 0, attributes: 0 };
    const parser = new SaxesParser({ xmlns: false });
    parser.on('opentag', ({ name, attributes }) => count(counts, name, Object.keys(attributes).length));
    return decoded(
      (text) => parser.write(text),
      () => parser.close(),
      counts,
    );
  },
  async sax() {
    const counts = { hosts: 0, ports: 0, attributes: 0 };
    const parser = (createRequire(import.meta.url)('sax') as { parser(strict: boolean): SaxParser }).parser(true);
    parser.onopentag = ({ name, attributes }) => count(counts, name, Object.keys(attributes).length);
    return decoded(
      (text) => parser.write(text),
      () => parser.close(),
      counts,
    );
  },
};

/** The others take text: decoding the bytes is part of their work. */
function decoded(write: (text: string) => unknown, close: () => unknown, counts: Counts): Counter {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return {
    write: (chunk) => write(decoder.decode(chunk, { stream: true })),
    end: () => {
      close();
      return counts;
    },
  };
}

async function readThrough(parser: string, path: string): Promise<Measured> {
  const counter = await (PARSERS[parser] as () => Promise<Counter>)();
  const file = await open(path);
  const chunk = Buffer.alloc(CHUNK);
  const began = process.cpuUsage();
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK);
    if (bytesRead === 0) break;
    counter.write(chunk.subarray(0, bytesRead));
  }
  const counts = counter.end();
  const { user, system } = process.cpuUsage(began);
  await file.close();
  return { ...counts, ms: (user + system) / 1000, rssMb: process.resourceUsage().maxRSS / 1024 };
}

/** Reads the file in a process of its own. Compiled modules are cached, as they are for everybody but the very first start. */
async function measure(parser: string, path: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), '--read', parser, path], {
    env: { ...process.env, NODE_COMPILE_CACHE: `${path}.modules` },
  });
  return JSON.parse(stdout) as Measured;
}

async function median(parser: string, path: string): Promise<Measured> {
  const all: Measured[] = [];
  for (let i = 0; i < RUNS; i++) all.push(await measure(parser, path));
  return all.sort((a, b) => a.ms - b.ms)[Math.floor(RUNS / 2)] as Measured;
}

function mustAgree(a: Measured, b: Measured): void {
  const [one, other] = [a, b].map(({ hosts, ports, attributes }) => JSON.stringify({ hosts, ports, attributes }));
  if (one !== other) throw new Error(`the parsers count differently: ${one} and ${other}`);
}

/**
 * MB are 10^6 bytes, seconds are those of the processor: what others do on this machine does not count, and on a
 * quiet one the clock on the wall says at least as much. Memory is the peak of the whole process, in 2^20 bytes.
 */
export async function run(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    return await compare(join(folder, 'scan.xml'), join(folder, 'tenth.xml'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(path: string, tenth: string): Promise<Row[]> {
  await generate(path, HOSTS);
  await generate(tenth, HOSTS / 10);
  const megabytes = (await stat(path)).size / 1e6;
  for (const parser of Object.keys(PARSERS)) await measure(parser, path);
  await measure('ours', tenth);
  const [ours, reader, saxes, sax] = [
    await median('ours', path),
    await median('reader', path),
    await median('saxes', path),
    await median('sax', path),
  ];
  const small = await median('ours', tenth);
  mustAgree(ours, saxes);
  mustAgree(ours, sax);
  const speed = ({ ms }: Measured): number => round(megabytes / (ms / 1000));
  return [
    {
      name: `tokenizer: count hosts, ports, attributes of a ${Math.round(megabytes)} MB scan`,
      value: speed(ours),
      unit: 'MB/s',
      bar: { min: 90 },
      versus: { saxes: speed(saxes), sax: speed(sax) },
    },
    {
      name: 'tokenizer: peak memory of the process',
      value: round(ours.rssMb),
      unit: 'MB',
      bar: { max: 90 },
      versus: { saxes: round(saxes.rssMb), sax: round(sax.rssMb) },
    },
    {
      name: 'tokenizer: more memory than for a tenth of the scan',
      value: round(Math.max(0, ours.rssMb - small.rssMb)),
      unit: 'MB',
      bar: { max: 10 },
    },
    { name: 'reader: every host built and observed', value: speed(reader), unit: 'MB/s' },
    { name: 'reader: peak memory of the process', value: round(reader.rssMb), unit: 'MB' },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [how, parser = '', path = ''] = process.argv.slice(2);
  const result = how === '--read' ? await readThrough(parser, path) : await run();
  console.log(JSON.stringify(result, null, how === '--read' ? 0 : 2));
}
