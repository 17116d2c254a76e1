import * as dnsPacket from 'dns-packet';
import { u16At } from './bytes.ts';

/** A record of an answer, as far as we look at it. */
export interface DnsRecord {
  readonly ttl: number;
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
}

/** A decoder of dns-packet that its types leave out. `bytes` of it is the length of what it read last. */
interface Decoder {
  readonly decode: { (bytes: Buffer, offset: number): unknown; bytes: number };
}

const { question, answer } = dnsPacket as unknown as { question: Decoder; answer: Decoder };

export interface DnsMessage {
  readonly response: boolean;
  readonly records: readonly DnsRecord[];
}

const HEADER = 12;
/** A full announcement of a busy device has some fifty; each takes eleven octets at least. */
const MOST_ENTRIES = 128;

/**
 * The message, record by record: dns-packet's own way into whole messages makes lists as long as the header claims.
 * The answers and additional records before a broken one count; a message without a sound one is malformed. Records
 * with no time to live are taken back, and left out.
 */
export function openMessage(bytes: Uint8Array): DnsMessage | 'malformed' {
  if (bytes.length < HEADER) return 'malformed';
  const response = (u16At(bytes, 2) & 0x8000) !== 0;
  if (!response) return { response, records: [] };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const questions = u16At(bytes, 4);
  const records = [6, 8, 10].reduce((sum, offset) => sum + u16At(bytes, offset), 0);
  return readEntries(buffer, questions, records);
}

function readEntries(buffer: Buffer, questions: number, records: number): DnsMessage | 'malformed' {
  const found: DnsRecord[] = [];
  let offset = HEADER;
  try {
    for (let i = 0; i < Math.min(questions, MOST_ENTRIES); i++) {
      question.decode(buffer, offset);
      offset += question.decode.bytes;
    }
    for (let i = 0; i < Math.min(records, MOST_ENTRIES) && questions <= MOST_ENTRIES; i++) {
      const record = recordOf(answer.decode(buffer, offset));
      offset += answer.decode.bytes;
      // Some of its decoders read past the end and make up what is not there.
      if (offset > buffer.length) throw new RangeError('cut off');
      found.push(record);
    }
  } catch {
    // It throws at whatever is not sound: what was read before stands.
    if (found.length === 0) return 'malformed';
  }
  return { response: true, records: found.filter(({ ttl }) => ttl > 0) };
}

function recordOf(entry: unknown): DnsRecord {
  const { name, type, ttl = 0, data: value } = entry as { name: string; type: string; ttl?: number; data?: unknown };
  return { name, type, ttl, value };
}
