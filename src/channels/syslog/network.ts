import { createSocket } from 'node:dgram';
import type { Delivery, Millis } from '../../core/index.ts';
import { openSocket, type SocketOrder } from '../exchange/socket.ts';

/** How long a closed door or a receiver that hangs up may take to be noticed, in ms. */
const TO_COMPLAIN = 100;
const TO_HANG_UP = 1000;
/** The last byte comes so much later, in ms: who hangs up before it has not taken the message, whatever it read. */
const TO_REFUSE = 50;

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
    const bytes = Buffer.from(`${Buffer.byteLength(frame)} ${frame}`);
    const over = new Promise<void>((resolve, reject) => socket.on('error', reject).on('close', resolve).on('end', resolve).resume());
    socket.write(bytes.subarray(0, -1));
    if (await within(over, TO_REFUSE)) throw Object.assign(new Error('it hung up'), { code: 'ECONNRESET' });
    socket.end(bytes.subarray(-1));
    await within(over, TO_HANG_UP);
    return { outcome: 'delivered', receipt: 'sent; a syslog does not answer' };
  } finally {
    socket.destroy();
  }
}

/** Whether it is over by then. Rejects when it breaks before. */
async function within(over: Promise<void>, most: Millis): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), most);
  return Promise.race([over.then(() => true as const), late.promise]).finally(() => clearTimeout(timer));
}
