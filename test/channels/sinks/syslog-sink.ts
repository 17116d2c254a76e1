import { createSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecure } from 'node:tls';

export interface SyslogSink {
  readonly port: number;
  /** Frames as they came, in order. */
  readonly frames: readonly string[];
  stop(): Promise<void>;
}

/** A syslog of datagrams on the loopback. */
export async function datagramSink(): Promise<SyslogSink> {
  const frames: string[] = [];
  const socket = createSocket('udp4').on('message', (bytes) => frames.push(bytes.toString('utf8')));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.unref();
  return { port: socket.address().port, frames, stop: async () => void socket.close() };
}

/** A syslog of streams that counts octets (RFC 6587), strictly; over TLS where there is a key. `rude`: hangs up on everybody so. */
export async function countedSink(
  tls: { readonly key: string; readonly cert: string } | null = null,
  rude: ((socket: Socket) => void) | null = null,
): Promise<SyslogSink> {
  const frames: string[] = [];
  const take = (socket: Socket): void => {
    if (rude !== null) return rude(socket.on('error', () => {}).resume());
    let rest: Buffer = Buffer.alloc(0);
    socket
      .on('error', () => {})
      .on('data', (chunk: Buffer) => {
        rest = framesOf(Buffer.concat([rest, chunk]), frames);
      });
  };
  const server: Server = tls === null ? createServer(take) : createSecure(tls, take);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return {
    port: (server.address() as { port: number }).port,
    frames,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Takes the whole frames off; what is left waits for more. */
function framesOf(bytes: Buffer, frames: string[]): Buffer {
  let rest = bytes;
  for (let space = rest.indexOf(' '); space > 0; space = rest.indexOf(' ')) {
    const digits = rest.subarray(0, space).toString('latin1');
    if (!/^[1-9]\d{0,5}$/.test(digits)) throw new Error(`a frame begins with ${JSON.stringify(digits)}`);
    const end = space + 1 + Number(digits);
    if (rest.length < end) return rest;
    frames.push(rest.subarray(space + 1, end).toString('utf8'));
    rest = rest.subarray(end);
  }
  return rest;
}

export interface SyslogLine {
  readonly priority: number;
  readonly time: string;
  readonly host: string;
  readonly app: string;
  readonly process: string;
  readonly about: string;
  readonly values: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Reads a line of RFC 5424 by its grammar, and throws for what is none. */
export function readSyslog(frame: string): SyslogLine {
  const head =
    /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) \[([!-~]{1,32})/.exec(
      frame,
    );
  if (!head) throw new Error(`no head of RFC 5424: ${JSON.stringify(frame.slice(0, 100))}`);
  const [whole, priority, time, host, app, process_, about] = head as unknown as [string, string, string, string, string, string, string];
  const values: Record<string, string> = {};
  let rest = frame.slice(whole.length);
  for (let value = PARAMETER.exec(rest); value; value = PARAMETER.exec(rest)) {
    const [, name = '', written = ''] = value;
    if (name in values) throw new Error(`${name} stands twice`);
    values[name] = written.replaceAll(/\\(["\\\]])/g, '$1');
    rest = rest.slice(value[0].length);
  }
  if (!rest.startsWith('] \ufeff')) throw new Error(`no end of the element: ${JSON.stringify(rest.slice(0, 100))}`);
  return { priority: Number(priority), time, host, app, process: process_, about, values, text: rest.slice(3) };
}

const PARAMETER = /^ ([a-z]{1,32})="((?:[^"\\\]]|\\["\\\]])*)"/;
