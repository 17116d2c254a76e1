import { createSocket, type Socket } from 'node:dgram';

/** What a fake server answers: names or addresses, NXDOMAIN, SERVFAIL, or nothing at all. */
export type DnsAnswer = readonly string[] | 'none' | 'failure' | 'silence';

export interface FakeDns {
  /** "127.0.0.1:port" */
  readonly server: string;
  /** Every question, as "PTR 5.0.0.10.in-addr.arpa". */
  readonly asked: readonly string[];
  /** Most questions that were waiting for an answer at once. */
  readonly most: () => number;
  close(): Promise<void>;
}

const TYPES: Record<number, string> = { 1: 'A', 12: 'PTR', 28: 'AAAA' };

/** A DNS server on 127.0.0.1 that answers what the test says, after `delay` milliseconds. */
export async function startFakeDns(answer: (type: string, name: string) => DnsAnswer, delay = 0): Promise<FakeDns> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  let waiting = 0;
  let most = 0;
  socket.on('message', (query, from) => {
    const { type, name, end } = readQuestion(query);
    asked.push(`${type} ${name}`);
    const reply = answer(type, name);
    if (reply === 'silence') return;
    waiting++;
    most = Math.max(most, waiting);
    setTimeout(() => {
      waiting--;
      if (!closed) socket.send(buildReply(query.subarray(0, end), type, reply), from.port, from.address);
    }, delay);
  });
  let closed = false;
  const port = await bind(socket);
  const close = (): Promise<void> => {
    closed = true;
    return new Promise((resolve) => socket.close(() => resolve()));
  };
  return { server: `127.0.0.1:${port}`, asked, most: () => most, close };
}

function bind(socket: Socket): Promise<number> {
  return new Promise((resolve) => socket.bind(0, '127.0.0.1', () => resolve(socket.address().port)));
}

function readQuestion(query: Buffer): { type: string; name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] as number; length > 0; length = query[at] as number) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  return { type: TYPES[query.readUInt16BE(at + 1)] ?? '?', name: labels.join('.'), end: at + 5 };
}

function buildReply(question: Buffer, type: string, answer: Exclude<DnsAnswer, 'silence'>): Buffer {
  const records = typeof answer === 'string' ? [] : answer;
  const header = Buffer.from(question);
  header.writeUInt16BE(answer === 'none' ? 0x8583 : answer === 'failure' ? 0x8582 : 0x8580, 2);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt32BE(0, 8);
  return Buffer.concat([header, ...records.map((text) => record(type, text))]);
}

function record(type: string, text: string): Buffer {
  const content = type === 'PTR' ? encodeName(text) : encodeAddress(text);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type === 'PTR' ? 12 : type === 'A' ? 1 : 28, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(content.length, 10);
  return Buffer.concat([head, content]);
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(label));
  return Buffer.concat([...labels.flatMap((label) => [Buffer.from([label.length]), label]), Buffer.from([0])]);
}

function encodeAddress(text: string): Buffer {
  if (!text.includes(':')) return Buffer.from(text.split('.').map(Number));
  const groups = text.replace('::', `${':0'.repeat(9 - text.split(':').length)}:`).split(':');
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
