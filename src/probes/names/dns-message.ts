import { randomInt } from 'node:crypto';
import { decode, encode, type RecordType } from 'dns-packet';

/** One question: who has which record. `unicast`: asks for an answer to us alone (the QU bit of multicast DNS). */
export interface DnsQuestion {
  readonly id: number;
  readonly name: string;
  readonly type: 'PTR' | 'TXT';
  readonly unicast: boolean;
}

/** No answer that names a host is longer; what is has another purpose. */
const LARGEST = 4096;
const MOST_RECORDS = 64;
const HEADER = 12;
const LONGEST_LABEL = 63;

export const newId = (): number => randomInt(1, 0x10000);

/** The packet of a question; null for a name that cannot be asked for. */
export function writeQuestion({ id, name, type, unicast }: DnsQuestion): Buffer | null {
  const labels = name.split('.').map((label) => Buffer.byteLength(label));
  if (name.length > 250 || labels.some((length) => length === 0 || length > LONGEST_LABEL)) return null;
  const bytes = encode({ type: 'query', id, questions: [{ name, type, class: 'IN' }] });
  if (unicast) bytes[bytes.length - 2] = 0x80;
  return bytes;
}

/**
 * The answers to a question as the text or bytes they hold: names for PTR, strings for TXT. Empty when the answer is
 * "none"; null when the packet is no answer to it. Never throws, whatever the bytes.
 */
export function readAnswers(bytes: Uint8Array, asked: DnsQuestion): readonly string[] | null {
  try {
    return isAnswer(bytes, asked) ? recordsOf(bytes, asked) : null;
  } catch {
    return null;
  }
}

/** By the header alone: most of what a stranger could send ends here. */
function isAnswer(bytes: Uint8Array, { id }: DnsQuestion): boolean {
  if (bytes.length < HEADER || bytes.length > LARGEST) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  const flags = view.getUint16(2);
  const [response, opcode, truncated, code] = [flags >> 15, (flags >> 11) & 15, (flags >> 9) & 1, flags & 15];
  const count = view.getUint16(4) + view.getUint16(6);
  return (
    view.getUint16(0) === id && response === 1 && opcode === 0 && truncated === 0 && (code === 0 || code === 3) && count <= MOST_RECORDS
  );
}

function recordsOf(bytes: Uint8Array, { name, type }: DnsQuestion): string[] {
  // What comes after the answers is none of ours, and often of kinds that the library refuses.
  const packet = Buffer.from(bytes);
  packet.writeUInt32BE(0, 8);
  const { answers = [] } = decode(packet);
  const own = answers.filter((answer) => answer.type === (type satisfies RecordType) && sameName(answer.name, name));
  return own.flatMap((answer) => ('data' in answer ? textsOf(answer.data) : []));
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  const parts: unknown[] = Array.isArray(content) ? content : [content];
  return parts.filter((part) => Buffer.isBuffer(part)).map((part) => part.toString('utf8'));
}
