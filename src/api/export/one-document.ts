import { countPorts, formatPorts, intersectPorts, type PortSet, parsePorts } from '../../core/index.ts';

/**
 * One scan may take several runs of nmap (one for each way its addresses are reached), which leave a document each. Who
 * asks for the scan as XML wants one that other programs can read. Nothing is interpreted here: in what nmap writes, a
 * "<" is markup wherever it stands, so hosts are moved over byte by byte.
 */

const BEGINS = '<?xml ';
const RUN = /<nmaprun\b[^>]*>/;
const ASKED_PORTS = /<scaninfo\b[^>]*\/>/g;
const HOST = /<host[\s>].*?<\/host>/gs;
const FINISHED = /<finished\b[^>]*\/>/;
const TOTALS = /<hosts\b[^>]*\/>/;

interface Part {
  /** Everything before its first host. */
  readonly head: string;
  readonly run: string;
  readonly hosts: readonly string[];
  /** null: it broke off. */
  readonly finished: string | null;
  readonly totals: string | null;
}

/** The documents as one: the only one as it is, if it is whole. null when it is not nmap's XML. Latin-1 keeps its bytes. */
export function oneDocument(bytes: Uint8Array): Uint8Array | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const documents = text.startsWith(BEGINS) ? text.split(/(?=<\?xml )/) : [text];
  const read = documents.map(partOf);
  const parts = read.filter((part) => part !== null);
  const [first] = parts;
  if (first === undefined) return null;
  if (read.length === 1 && first.finished !== null) return bytes;
  // A run that was ended before it wrote anything broke off, too.
  return Buffer.from(joined(first, parts, parts.length === read.length), 'latin1');
}

function partOf(document: string): Part | null {
  const run = RUN.exec(document);
  if (run === null) return null;
  const whole = document.trimEnd().endsWith('</nmaprun>');
  const body = document.slice(run.index + run[0].length);
  const firstHost = body.search(/<host[\s>]/);
  const tail = body.slice(body.lastIndexOf('</host>') + 1);
  return {
    head: firstHost < 0 ? body : body.slice(0, firstHost),
    run: run[0],
    hosts: body.match(HOST) ?? [],
    finished: whole ? (FINISHED.exec(tail)?.[0] ?? null) : null,
    totals: TOTALS.exec(tail)?.[0] ?? null,
  };
}

function joined(first: Part, parts: readonly Part[], all: boolean): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE nmaprun>',
    ...(parts.length > 1 ? [`<!-- one scan by ${parts.length} runs of nmap, put together by Rollcall -->`] : []),
    withAttribute(first.run, 'args', argsOf(parts)),
    ...askedPorts(parts),
    ...parts.flatMap(({ hosts }) => hosts),
    ...(all ? endOf(parts) : []),
    '</nmaprun>',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * What was asked of every host. Where the runs asked different ports, those that all of them asked: a port that stands here and
 * not with a host counts as closed there.
 */
function askedPorts(parts: readonly Part[]): string[] {
  const lines = parts.map(({ head }) => head.match(ASKED_PORTS) ?? []);
  const [first = []] = lines;
  if (lines.every((of) => of.join() === first.join())) return [...first];
  return first.flatMap((line) => {
    const shared = lines.map((of) => portsIn(of.find((one) => attribute(one, 'protocol') === attribute(line, 'protocol'))));
    const ports = shared.reduce(intersectPorts);
    if (ports.length === 0) return [];
    return [withAttribute(withAttribute(line, 'services', formatPorts(ports)), 'numservices', String(countPorts(ports)))];
  });
}

const portsIn = (line: string | undefined): PortSet => parsePorts((line && attribute(line, 'services')) ?? '') ?? [];

/** "--" as it stands in markup: nmap writes no two dashes there. */
const END_OF_OPTIONS = / (?:-|&#45;)(?:-|&#45;) /;

/** The first command line with the targets of all of them: which addresses were asked is read off it. */
function argsOf(parts: readonly Part[]): string {
  const [first = '', ...others] = parts.map(({ run }) => attribute(run, 'args') ?? '');
  const targets = others.map((args) => args.split(END_OF_OPTIONS).at(-1) as string);
  return [first, ...targets].join(' ');
}

/** Without an end when any of them broke off: what follows of it must not pass for a whole scan. */
function endOf(parts: readonly Part[]): string[] {
  const ends = parts.map(({ finished }) => finished);
  if (!ends.every((end) => end !== null)) return [];
  const failed = ends.find((end) => attribute(end, 'exit') !== 'success');
  const [up, down, total] = ['up', 'down', 'total'].map((name) =>
    summed(
      parts.map(({ totals }) => totals ?? ''),
      name,
    ),
  );
  const seconds = ends.reduce((sum, end) => sum + Number(attribute(end, 'elapsed') ?? 0), 0).toFixed(2);
  const last = ends.at(-1) as string;
  const summary = `Nmap done at ${attribute(last, 'timestr') ?? ''}; ${total} IP addresses (${up} hosts up) scanned in ${seconds} seconds`;
  const finished = failed ?? withAttribute(withAttribute(last, 'elapsed', seconds), 'summary', summary);
  return [`<runstats>${finished}<hosts up="${up}" down="${down}" total="${total}"/>`, '</runstats>'];
}

const summed = (tags: readonly string[], name: string): number => tags.reduce((sum, tag) => sum + Number(attribute(tag, name) ?? 0), 0);

/** As it stands in the markup. */
const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

const withAttribute = (tag: string, name: string, value: string): string =>
  tag.replace(new RegExp(`(\\s${name}=")[^"]*(")`), (_, before: string, after: string) => `${before}${value}${after}`);
