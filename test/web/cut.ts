import { connect, createServer, type Server, type Socket } from 'node:net';

/** A cable to the daemon that can be cut. */
export interface Cable {
  readonly port: number;
  /** Ends what is under way; whoever tries anew is turned away until `mend`. */
  cut(): void;
  mend(): void;
  close(): void;
}

export async function layCable(to: number): Promise<Cable> {
  const sockets = new Set<Socket>();
  let cut = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server: Server = createServer((socket) => {
    if (cut) return socket.destroy();
    const far = keep(connect(to, '127.0.0.1'));
    keep(socket);
    socket.pipe(far);
    far.pipe(socket);
    socket.on('close', () => far.destroy());
    far.on('close', () => socket.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    cut() {
      cut = true;
      endAll();
    },
    mend() {
      cut = false;
    },
    close() {
      endAll();
      server.close();
    },
  };
}
