import type { Mac } from '../../core/index.ts';
import { isMac, isSender, u16At, v4At } from './bytes.ts';
import type { SaidReading } from './frame-seen.ts';

const REQUEST = 1;
const REPLY = 2;
const NOBODY = '0.0.0.0';

/**
 * ARP over Ethernet. A claim made for another card than the frame's sender is not believed: then only the sender is
 * seen. A probe (RFC 5227, from 0.0.0.0) asks whether an address is free and claims none.
 */
export function readArp(bytes: Uint8Array, source: Mac): SaidReading {
  if (bytes.length < 28 || !isSender(bytes, 8)) return 'malformed';
  if (u16At(bytes, 0) !== 1 || u16At(bytes, 2) !== 0x0800 || bytes[4] !== 6 || bytes[5] !== 4) return 'passed';
  const operation = u16At(bytes, 6);
  if (operation !== REQUEST && operation !== REPLY) return 'passed';
  const [sender, target] = [v4At(bytes, 14), v4At(bytes, 24)];
  const own = isMac(bytes, 8, source) && sender !== NOBODY;
  return { way: 'arp', address: own ? sender : null, line: lineOf(operation, sender, target) };
}

function lineOf(operation: number, sender: string, target: string): string {
  if (operation === REPLY) return `arp reply ${sender} to ${target}`;
  if (sender === NOBODY) return `arp probe ${target}`;
  return sender === target ? `arp announce ${sender}` : `arp who-has ${target} tell ${sender}`;
}
