import { randomInt } from 'node:crypto';

/** What a host says of itself by NetBIOS (RFC 1002, 4.2.18). */
export interface NodeStatus {
  /** Workstation name; null when it has none. */
  readonly name: string | null;
  /** Workgroup or domain. */
  readonly group: string | null;
}

const HEADER = 12;
const NBSTAT = 0x21;
/** "*" padded with zeros, in half bytes as letters: any name. */
const ANY_NAME = Buffer.from(`\x20CK${'A'.repeat(30)}\0`, 'latin1');
/** A record's type, class, lifetime and length. */
const RECORD = 10;
const ENTRY = 18;
const NAME = 15;
const GROUP_FLAG = 0x8000;
const WORKSTATION = 0x00;

export const newTransaction = (): number => randomInt(1, 0x10000);

/** The packet that asks a host for all its names. */
export function writeStatusRequest(transaction: number): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(transaction, 0);
  header.writeUInt16BE(1, 4);
  return Buffer.concat([header, ANY_NAME, Buffer.from([0, NBSTAT, 0, 1])]);
}

/** null when the packet is no answer to that request. Never throws, whatever the bytes. */
export function readStatus(bytes: Uint8Array, transaction: number): NodeStatus | null {
  const packet = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!isResponse(packet, transaction)) return null;
  const record = endOfName(packet, HEADER);
  const names = record + RECORD + 1;
  if (packet.length < names || packet.readUInt16BE(record) !== NBSTAT) return null;
  const count = packet[names - 1] as number;
  if (packet.readUInt16BE(record + 8) < 1 + count * ENTRY || packet.length < names + count * ENTRY) return null;
  const entries = Array.from({ length: count }, (_, i) => readEntry(packet, names + i * ENTRY)).filter(({ kind }) => kind === WORKSTATION);
  return { name: nameWhere(entries, false), group: nameWhere(entries, true) };
}

function isResponse(packet: Buffer, transaction: number): boolean {
  if (packet.length < HEADER || packet.readUInt16BE(0) !== transaction) return false;
  const flags = packet.readUInt16BE(2);
  const isFine = (flags & 0x8000) !== 0 && (flags & 0x7800) === 0 && (flags & 0x000f) === 0;
  return isFine && packet.readUInt16BE(4) === 0 && packet.readUInt16BE(6) === 1;
}

/** Behind the name of the record: whole, or a pointer to one. Anything else leads past the end. */
function endOfName(packet: Buffer, at: number): number {
  const first = packet[at] ?? 0;
  if (first >= 0xc0) return at + 2;
  return first === 0x20 && packet[at + 33] === 0 ? at + 34 : packet.length;
}

interface Entry {
  readonly name: string;
  readonly kind: number;
  readonly group: boolean;
}

/** Names are padded with blanks; what code page they are in is not told. */
function readEntry(packet: Buffer, at: number): Entry {
  const name = packet.toString('latin1', at, at + NAME).replace(/[\0 ]+$/, '');
  return { name, kind: packet[at + NAME] as number, group: (packet.readUInt16BE(at + NAME + 1) & GROUP_FLAG) !== 0 };
}

/** "IS~NAME" is the web server of NAME. */
const nameWhere = (entries: readonly Entry[], group: boolean): string | null =>
  entries.find((entry) => entry.group === group && entry.name !== '' && !entry.name.startsWith('IS~'))?.name ?? null;
