import { readArp } from './arp.ts';
import { CDP_GROUP, readCdp } from './cdp.ts';
import { readDhcp } from './dhcp.ts';
import { type Ethernet, openEthernet } from './ethernet.ts';
import type { FrameReading, FrameSeen, Said, SaidReading } from './frame-seen.ts';
import { openUdp, openV4, openV6, type Packet } from './ip.ts';
import { readLldp } from './lldp.ts';
import { readMdns } from './mdns.ts';
import { readNdp } from './ndp.ts';

const TYPE = { arp: 0x0806, v4: 0x0800, v6: 0x86dd, lldp: 0x88cc } as const;
const PROTOCOL = { udp: 17, icmp6: 58 } as const;
const PORT = { dhcpServer: 67, dhcpClient: 68, mdns: 5353 } as const;

/** What one Ethernet frame, VLAN tags included, says of its sender. Never throws; the time it takes is bounded by its length. */
export function readFrame(bytes: Uint8Array): FrameReading {
  const frame = openEthernet(bytes);
  if (frame === 'malformed') return frame;
  const said = readPayload(frame);
  return typeof said === 'string' ? said : seenOf(said, frame);
}

/** Addresses in a tagged VLAN are of another network, which may number its hosts like ours. */
function seenOf({ way, address, names = [], clues = [], line }: Said, { source: mac, vlan }: Ethernet): FrameSeen {
  return vlan === 0 ? { way, mac, address, names, clues, line } : { way, mac, address: null, names, clues, line: `${line} (vlan ${vlan})` };
}

function readPayload(frame: Ethernet): SaidReading {
  switch (frame.type) {
    case TYPE.arp:
      return readArp(frame.payload, frame.source);
    case TYPE.v4:
      return readPacket(openV4(frame.payload), frame);
    case TYPE.v6:
      return readPacket(openV6(frame.payload), frame);
    case TYPE.lldp:
      return readLldp(frame.payload, frame.source);
    case null:
      return frame.destination === CDP_GROUP ? readCdp(frame.payload, frame.source) : 'passed';
    default:
      return 'passed';
  }
}

function readPacket(packet: Packet | 'passed' | 'malformed', frame: Ethernet): SaidReading {
  if (typeof packet === 'string') return packet;
  if (packet.protocol === PROTOCOL.icmp6 && frame.type === TYPE.v6) return readNdp(packet, frame.source);
  return packet.protocol === PROTOCOL.udp ? readUdp(packet, frame) : 'passed';
}

function readUdp(packet: Packet, { source: mac, type }: Ethernet): SaidReading {
  const udp = openUdp(packet.payload);
  if (udp === 'malformed') return udp;
  if (udp.from === PORT.mdns) return readMdns(udp.payload, packet.source);
  const dhcp = [udp.from, udp.to].every((port) => port === PORT.dhcpServer || port === PORT.dhcpClient);
  return dhcp && type === TYPE.v4 ? readDhcp(udp.payload, { mac, address: packet.source }) : 'passed';
}
