import { createSocket } from 'node:dgram';
import type { Delivery } from '../../core/index.ts';
import { openSocket, type SocketOrder } from '../exchange/socket.ts';

/** How long a closed door or a receiver that hangs up may take to be noticed, in ms. */
const TO_COMPLAIN = 100;
const TO_HANG_UP = 1000;

/** One datagram. Nobody answers; but a machine that says that nobody listens there is heard. */
export function sendDatagram({ way, port, signal }: Pick<SocketOrder, 'way' | 'port' | 'signal'>, frame: string): Promise<Delivery> {
  const [address] = way.addresses;
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  return new Promise<Delivery>((resolve, reject) => {
    const stop = (): void => reject(new Error('stopped'));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    socket.on('error', reject);
    socket.connect(port, address, () => {
      socket.send(frame, () => setTimeout(() => resolve({ outcome: 'delivered', receipt: 'sent; by UDP nobody answers' }), TO_COMPLAIN));
    });
  }).finally(() => socket.close());
}

/** One message over a connection of its own, counted (RFC 6587). A receiver says nothing either; a connection torn at once is heard. */
export async function sendCounted(order: SocketOrder, frame: string): Promise<Delivery> {
  const socket = await openSocket(order);
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, TO_HANG_UP);
      const taken = (): void => {
        clearTimeout(timer);
        resolve();
      };
      socket.on('error', (fault: Error) => reject(fault));
      socket.on('close', taken).on('end', taken).resume();
      socket.end(`${Buffer.byteLength(frame)} ${frame}`);
    });
    return { outcome: 'delivered', receipt: 'sent; a syslog does not answer' };
  } finally {
    socket.destroy();
  }
}
