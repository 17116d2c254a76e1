/** Frames as real devices send them, made octet by octet. */
import * as dnsPacket from 'dns-packet';

export const BROADCAST = 'ff:ff:ff:ff:ff:ff';

const macBytes = (mac: string): Buffer => Buffer.from(mac.replaceAll(':', ''), 'hex');
const v4Bytes = (address: string): Buffer => Buffer.from(address.split('.').map(Number));
const u16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);

/** Sixteen octets of an address in any IPv6 text. */
export function v6Bytes(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const groups = (text: string | undefined): number[] => (text ? text.split(':').map((group) => Number.parseInt(group, 16)) : []);
  const [left, right] = [groups(head), groups(tail)];
  const zeros = Array<number>(8 - left.length - right.length).fill(0);
  return Buffer.concat([...left, ...zeros, ...right].map(u16));
}

export interface Ends {
  readonly from: string;
  readonly to?: string;
  /** VLAN tags, outermost first, as [type, id]. */
  readonly tags?: readonly (readonly [number, number])[];
}

export function ethernet({ from, to = BROADCAST, tags = [] }: Ends, type: number, payload: Uint8Array): Buffer {
  const tagged = tags.flatMap(([kind, id]) => [u16(kind), u16(id)]);
  return Buffer.concat([macBytes(to), macBytes(from), ...tagged, u16(type), payload]);
}

export interface Arp {
  readonly operation?: number;
  readonly card?: string;
  readonly sender: string;
  readonly target: string;
}

export function arp(ends: Ends, { operation = 1, card = ends.from, sender, target }: Arp): Buffer {
  const head = Buffer.from('0001080006040000', 'hex');
  head.writeUInt16BE(operation, 6);
  return ethernet(ends, 0x0806, Buffer.concat([head, macBytes(card), v4Bytes(sender), Buffer.alloc(6), v4Bytes(target), Buffer.alloc(18)]));
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] as number) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

export interface Udp {
  readonly source: string;
  readonly destination: string;
  readonly ports: readonly [number, number];
  readonly payload: Uint8Array;
}

export function udp4(ends: Ends, { source, destination, ports, payload }: Udp): Buffer {
  const udp = Buffer.concat([u16(ports[0]), u16(ports[1]), u16(8 + payload.length), u16(0), payload]);
  const head = Buffer.concat([Buffer.from([0x45, 0]), u16(20 + udp.length), Buffer.from('00004000ff110000', 'hex')]);
  const packet = Buffer.concat([head, v4Bytes(source), v4Bytes(destination), udp]);
  packet.writeUInt16BE(checksum(packet.subarray(0, 20)), 10);
  return ethernet(ends, 0x0800, packet);
}

export interface V6 {
  readonly source: string;
  readonly destination: string;
  readonly next: number;
  readonly hops?: number;
  readonly payload: Uint8Array;
}

export function ipv6(ends: Ends, { source, destination, next, hops = 255, payload }: V6): Buffer {
  const head = Buffer.concat([Buffer.from('60000000', 'hex'), u16(payload.length), Buffer.from([next, hops])]);
  const [from, to] = [v6Bytes(source), v6Bytes(destination)];
  const whole = Buffer.from(payload);
  const at = next === 58 ? 2 : 6;
  whole.writeUInt16BE(0, at);
  whole.writeUInt16BE(checksum(Buffer.concat([from, to, u16(0), u16(payload.length), u16(0), u16(next), whole])), at);
  return ethernet(ends, 0x86dd, Buffer.concat([head, from, to, whole]));
}

export function udp6(ends: Ends, { source, destination, ports, payload }: Udp): Buffer {
  const udp = Buffer.concat([u16(ports[0]), u16(ports[1]), u16(8 + payload.length), u16(0), payload]);
  return ipv6(ends, { source, destination, next: 17, payload: udp });
}

export interface Dhcp {
  readonly operation?: 1 | 2;
  readonly card: string;
  /** Addresses it has, was given, and of the relay. */
  readonly has?: string;
  readonly given?: string;
  readonly relay?: string;
  readonly options: readonly (readonly [number, string | Uint8Array])[];
}

export function dhcpMessage({ operation = 1, card, has = '0.0.0.0', given = '0.0.0.0', relay = '0.0.0.0', options }: Dhcp): Buffer {
  const head = Buffer.concat([Buffer.from([operation, 1, 6, 0]), Buffer.from('3903f326', 'hex'), Buffer.alloc(4), v4Bytes(has)]);
  const fixed = Buffer.concat([head, v4Bytes(given), v4Bytes('0.0.0.0'), v4Bytes(relay), macBytes(card), Buffer.alloc(10 + 192)]);
  const coded = options.map(([kind, value]) => {
    const bytes = Buffer.from(value as string);
    return Buffer.concat([Buffer.from([kind, bytes.length]), bytes]);
  });
  return Buffer.concat([fixed, Buffer.from('63825363', 'hex'), ...coded, Buffer.from([255])]);
}

export const dhcp = (ends: Ends, message: Dhcp): Buffer =>
  udp4(ends, { source: message.has ?? '0.0.0.0', destination: '255.255.255.255', ports: [68, 67], payload: dhcpMessage(message) });

export const MDNS_GROUP = { v4: '224.0.0.251', v6: 'ff02::fb', mac: '01:00:5e:00:00:fb', mac6: '33:33:00:00:00:fb' } as const;

export function mdns(from: string, address: string, payload: Uint8Array): Buffer {
  const packet = { source: address, destination: MDNS_GROUP.v4, ports: [5353, 5353], payload } as const;
  return udp4({ from, to: MDNS_GROUP.mac }, packet);
}

export function mdns6(from: string, address: string, payload: Uint8Array): Buffer {
  const packet = { source: address, destination: MDNS_GROUP.v6, ports: [5353, 5353], payload } as const;
  return udp6({ from, to: MDNS_GROUP.mac6 }, packet);
}

/** Records live for two minutes unless they say otherwise. */
export function dnsAnswer(answers: readonly dnsPacket.Answer[], additionals: readonly dnsPacket.Answer[] = []): Buffer {
  const living = (records: readonly dnsPacket.Answer[]): dnsPacket.Answer[] =>
    records.map((record) => ({ ttl: 120, ...record }) as dnsPacket.Answer);
  return dnsPacket.encode({ type: 'response', flags: 0x400, answers: living(answers), additionals: living(additionals) });
}

export const dnsQuestion = (name: string): Buffer => dnsPacket.encode({ type: 'query', questions: [{ type: 'PTR', name }] });

export interface Ndp {
  readonly type: 133 | 134 | 135 | 136;
  readonly source: string;
  readonly destination?: string;
  readonly hops?: number;
  /** The four octets after the checksum. */
  readonly flags?: number;
  readonly target?: string;
  /** Octets between the head and the options of a router's advertisement. */
  readonly body?: string;
  readonly options?: readonly (readonly [number, string])[];
}

export function ndp(
  ends: Ends,
  { type, source, destination = 'ff02::1', hops = 255, flags = 0, target, body = '', options = [] }: Ndp,
): Buffer {
  const head = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(flags >>> 0, 4);
  const coded = options.map(([kind, card]) => Buffer.concat([Buffer.from([kind, 1]), macBytes(card)]));
  const parts = [head, target === undefined ? Buffer.alloc(0) : v6Bytes(target), Buffer.from(body, 'hex'), ...coded];
  return ipv6(ends, { source, destination, next: 58, hops, payload: Buffer.concat(parts) });
}

const tlv = (type: number, value: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([u16((type << 9) | bytes.length), bytes]);
};

export interface Lldp {
  readonly name: string;
  readonly description?: string;
  readonly managed?: string;
}

export function lldp(from: string, { name, description = '', managed }: Lldp): Buffer {
  const parts = [
    tlv(1, Buffer.concat([Buffer.from([4]), macBytes(from)])),
    tlv(2, '\u0007port1'),
    tlv(3, u16(120)),
    tlv(5, name),
    tlv(6, description),
  ];
  if (managed !== undefined) parts.push(tlv(8, Buffer.concat([Buffer.from([5, 1]), v4Bytes(managed), Buffer.from('020000000100', 'hex')])));
  return ethernet({ from, to: '01:80:c2:00:00:0e' }, 0x88cc, Buffer.concat([...parts, tlv(0, '')]));
}

export interface Cdp {
  readonly device: string;
  readonly platform: string;
  readonly address?: string;
}

export function cdp(from: string, { device, platform, address }: Cdp): Buffer {
  const value = (type: number, bytes: Uint8Array): Buffer => Buffer.concat([u16(type), u16(4 + bytes.length), bytes]);
  const addresses = address === undefined ? [] : [value(2, Buffer.concat([Buffer.from('000000010101cc0004', 'hex'), v4Bytes(address)]))];
  const parts = [Buffer.from('02b40000', 'hex'), value(1, Buffer.from(device)), ...addresses, value(6, Buffer.from(platform))];
  const payload = Buffer.concat([Buffer.from('aaaa0300000c2000', 'hex'), ...parts]);
  return ethernet({ from, to: '01:00:0c:cc:cc:cc' }, payload.length, payload);
}

/** A pcap file of these frames, in tcpdump's own format unless told otherwise. */
export function pcapOf(frames: readonly Uint8Array[], { little = true, nano = false, stamp = 1_700_000_000.25, link = 1 } = {}): Buffer {
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    if (little) bytes.writeUInt32LE(value);
    else bytes.writeUInt32BE(value);
    return bytes;
  };
  const version = little ? Buffer.from('02000400', 'hex') : Buffer.from('00020004', 'hex');
  const head = [u32(nano ? 0xa1b23c4d : 0xa1b2c3d4), version, u32(0), u32(0), u32(1522), u32(link)];
  const part = Math.round((stamp % 1) * (nano ? 1e9 : 1e6));
  const records = frames.flatMap((frame) => [u32(Math.floor(stamp)), u32(part), u32(frame.length), u32(frame.length), frame]);
  return Buffer.concat([...head, ...records]);
}
