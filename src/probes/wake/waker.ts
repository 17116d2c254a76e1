import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import {
  type Address,
  bad,
  formatAddress,
  good,
  isWithin,
  type Network,
  type Result,
  unreadWords,
  WAKE_PORT,
  type Waker,
  type WakeSent,
} from '../../core/index.ts';
import { magicPacket } from './magic-packet.ts';

/** This machine's own address in a network; null: it has none by now. */
function ownAddressIn({ iface, range }: Network): Address | null {
  const own = networkInterfaces()[iface]?.filter(({ family, internal }) => family === 'IPv4' && !internal) ?? [];
  return own.find(({ address }) => isWithin([range], address))?.address ?? null;
}

/** Sends magic packets from our own address in a segment to its broadcast address: no router passes these on. */
export const createWaker = (): Waker => ({
  async wake({ mac, network }): Promise<Result<WakeSent>> {
    const { iface, range, block, loopback } = network;
    const doing = `waking ${mac} on ${iface} (${block})`;
    // A network of one or two addresses has no address for all.
    if (loopback || range.family !== 4 || range.last - range.first < 3n)
      return bad(`${doing}: it has no broadcast address`, 'wake it from a machine on an IPv4 network of its own');
    const from = ownAddressIn(network);
    if (from === null) return bad(`${doing}: this machine has no address there any more`, 'look at "rollcall networks"');
    const to = formatAddress({ family: 4, value: range.last });
    const failure = await send(magicPacket(mac), { from, to });
    return failure === null ? good({ mac, iface, from, to }) : bad(`${doing}: ${failure}`, 'look at "rollcall doctor"');
  },
});

/** Why it could not be sent; null: it was. */
async function send(packet: Uint8Array, { from, to }: { readonly from: Address; readonly to: Address }): Promise<string | null> {
  const socket = createSocket('udp4');
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const failed = (thrown: unknown): void => resolve(unreadWords(thrown));
  socket.on('error', failed);
  // Not to be routed: it leaves by the interface that has this address, or not at all.
  socket.bind({ address: from, port: 0, exclusive: true }, () => {
    try {
      socket.setBroadcast(true);
      socket.send(packet, WAKE_PORT, to, (fault) => (fault ? failed(fault) : resolve(null)));
    } catch (thrown) {
      failed(thrown);
    }
  });
  const outcome = await promise;
  socket.close();
  return outcome;
}
