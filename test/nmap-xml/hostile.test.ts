import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNmapReader, readNmapBytes } from '../../src/nmap-xml/index.ts';

const MB = 2 ** 20;
const CHUNK = 64 * 1024;
const encoder = new TextEncoder();

interface Bomb {
  readonly start: string;
  /** Goes on for a gigabyte. */
  readonly again: (turn: number) => string;
  readonly why: RegExp;
}

const same = (text: string): ((turn: number) => string) => {
  const chunk = text.repeat(Math.ceil(CHUNK / text.length));
  return () => chunk;
};
const numbered = (line: (n: number) => string) => (turn: number) => Array.from({ length: 1000 }, (_, i) => line(turn * 1000 + i)).join('');
const RUN = '<nmaprun scanner="nmap">';

const BOMBS: Readonly<Record<string, Bomb>> = {
  'a billion laughs': {
    start: `<!DOCTYPE nmaprun [<!ENTITY a "ha">`,
    again: numbered((n) => `<!ENTITY a${n + 1} "&a${n};&a${n};&a${n};&a${n};">`),
    why: /which is refused/,
  },
  'elements inside each other': { start: RUN, again: same('<a>'), why: /more than 128 are inside/ },
  'tables inside a script': {
    start: `${RUN}<host><hostscript><script id="a" output="b">`,
    again: same('<table key="k">'),
    why: /more than 128 are inside/,
  },
  'one value': { start: `${RUN}<host comment="`, again: same('x'), why: /a value is longer/ },
  'one value of references': {
    start: `${RUN}<host comment="`,
    again: same('&#x41;&lt;'),
    why: /a value is longer/,
  },
  'one value of ">"': { start: `${RUN}<host comment="`, again: same('>'), why: /a value is longer/ },
  'one reference': { start: `${RUN}<host comment="&#x`, again: same('0'), why: /longer than/ },
  'one entity name': { start: `${RUN}&a`, again: same('a'), why: /longer than/ },
  'one text': { start: RUN, again: same('\n'), why: /longer than/ },
  'one comment': { start: '<!--', again: same('- > '), why: /longer than/ },
  'one CDATA section': { start: `${RUN}<![CDATA[`, again: same(']> '), why: /longer than/ },
  'one instruction': { start: '<?a ', again: same('? >'), why: /longer than/ },
  'one DOCTYPE': { start: '<!DOCTYPE a SYSTEM "', again: same('x'), why: /longer than/ },
  'one name': { start: '<', again: same('a'), why: /longer than 256/ },
  'space before the first element': { start: '', again: same(' \n'), why: /longer than/ },
  'space after the last element': { start: `${RUN}</nmaprun>`, again: same('\n'), why: /longer than/ },
  'attributes of one element': {
    start: `${RUN}<host`,
    again: numbered((n) => ` a${n % 400}="1"`),
    why: /more than 128 attributes/,
  },
  'the same attribute': { start: `${RUN}<host`, again: same(' a="1"'), why: /given twice/ },
  'names of elements': { start: RUN, again: numbered((n) => `<a${n}/>`), why: /more than 512 different/ },
};

/** Not wrong, only endless: found out when a host has more than any scan finds. */
const ENDLESS_HOSTS: Readonly<Record<string, Bomb>> = {
  ports: { start: `${RUN}<host><ports>`, again: same('<port protocol="tcp" portid="1"/>'), why: /more than 262144 ports/ },
  addresses: { start: `${RUN}<host>`, again: same('<address addr="1"/>'), why: /more than 262144 ports/ },
  'text of names': {
    start: `${RUN}<host><hostnames>`,
    again: same(`<hostname name="${'n'.repeat(60_000)}"/>`),
    why: /characters of text/,
  },
};

interface Blast {
  readonly fault: string;
  readonly fed: number;
  /** Work of this thread, in ms: waiting for a processor that others use is none. */
  readonly work: number;
  readonly grown: number;
}

function workSoFar(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The least of some tries: the first one also compiles, and some collect what others left behind. */
function leastWork(measure: () => number, enough: (least: number) => boolean, tries = 6): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < tries && !enough(least); i++) least = Math.min(least, measure());
  return least;
}

const never = (): boolean => false;

const PORT = '<port protocol="tcp" portid="22"><state state="open" reason="syn-ack"/><service name="ssh" product="OpenSSH"/></port>';
const HOST = `<host><status state="up"/><address addr="10.0.0.1" addrtype="ipv4"/><ports>${PORT.repeat(20)}</ports></host>\n`;
const HONEST = [RUN, ...Array.from({ length: 48 }, () => HOST.repeat(Math.ceil(CHUNK / HOST.length))), '</nmaprun>'].map((text) =>
  encoder.encode(text),
);

/** What an ordinary scan of 3 MB takes to read, here and now. */
function honestWork(): number {
  const began = workSoFar();
  const reader = createNmapReader({});
  for (const chunk of HONEST) reader.write(chunk);
  assert.equal(reader.end().ending, 'complete');
  return workSoFar() - began;
}

function held(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Feeds a bomb until it is refused, at most a gigabyte. The chunks are made beforehand, so that only the reading is timed. */
function set({ start, again }: Bomb, within: number): Blast {
  const chunks: Uint8Array[] = [encoder.encode(start)];
  const first = again(0);
  const repeats = again(1) === first;
  const shared = encoder.encode(first);
  for (let fed = 0, turn = 0; fed < within + MB; turn++) {
    const chunk = repeats ? shared : encoder.encode(again(turn));
    chunks.push(chunk);
    fed += chunk.length;
  }
  const before = held();
  const began = workSoFar();
  const reader = createNmapReader({});
  let fed = 0;
  for (let i = 0; fed < 1024 * MB && !reader.stopped; i++) {
    const chunk = chunks[Math.min(i, chunks.length - 1)] as Uint8Array;
    reader.write(chunk);
    fed += chunk.length;
  }
  const grown = held() - before;
  const { fault } = reader.end();
  return { fault: fault?.message ?? 'accepted', fed, work: workSoFar() - began, grown };
}

/** Times the work of an ordinary scan of 3 MB: a bomb is refused after 2 MB, and took 0.6 to 1.7 of it when measured. */
const MOST_WORK = 4;

describe('S4: a bomb', () => {
  for (const [name, bomb] of Object.entries(BOMBS))
    it(`is refused early, in 64 MB, and is no more work than an ordinary scan: ${name}`, () => {
      const blast = set(bomb, 3 * MB);
      assert.match(blast.fault, bomb.why);
      assert.ok(blast.fed <= 3 * MB, `refused after ${blast.fed} bytes`);
      assert.ok(blast.grown < 64 * MB, `held ${blast.grown} bytes`);
      // A token that is scanned anew with each chunk is ten times the work, and more.
      const most = MOST_WORK * leastWork(honestWork, never, 3);
      const work = leastWork(
        () => set(bomb, 3 * MB).work,
        (least) => least <= most,
      );
      assert.ok(work <= most, `took ${work} ms of work, and may take ${most}`);
    });
});

describe('S4: a host without end', () => {
  for (const [name, bomb] of Object.entries(ENDLESS_HOSTS))
    it(`is refused in 64 MB: ${name}`, () => {
      const { fault, fed, grown } = set(bomb, 20 * MB);
      assert.match(fault, bomb.why);
      assert.ok(fed <= 20 * MB, `refused after ${fed} bytes`);
      assert.ok(grown < 64 * MB, `held ${grown} bytes`);
    });
});

describe('S4: a value as large as allowed', () => {
  /** Work to read a value of so many pieces byte by byte. */
  const workOf = (pieces: number): number => {
    const bytes = encoder.encode(
      `${RUN}<host><hostscript><script id="a" output="${'f&quot;>'.repeat(pieces)}"/></hostscript></host></nmaprun>`,
    );
    const outputs: string[] = [];
    const reader = createNmapReader({ onHost: (host) => outputs.push(host.scripts[0]?.output ?? '') });
    const began = workSoFar();
    for (let i = 0; i < bytes.length; i++) reader.write(bytes.subarray(i, i + 1));
    assert.equal(reader.end().ending, 'complete');
    assert.deepEqual(outputs, ['f">'.repeat(pieces)]);
    return workSoFar() - began;
  };

  it('is scanned once, though it comes byte by byte: eight times as long is about eight times the work', () => {
    const short = leastWork(() => workOf(5000), never, 3);
    // Scanning it anew for every byte would be 64 times the work.
    const most = 24 * short;
    const long = leastWork(
      () => workOf(40_000),
      (least) => least <= most,
    );
    assert.ok(long <= most, `took ${long} ms of work, and a value of an eighth of that ${short}`);
  });

  it('leaves nothing behind on the prototype of objects', () => {
    readNmapBytes(encoder.encode(`${RUN}<host __proto__="x" constructor="y"><__proto__ polluted="yes"/></host></nmaprun>`));
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });
});
