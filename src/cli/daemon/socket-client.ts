import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { RollcallClient } from '../../contract/index.ts';
import { type Connection, RPC_PATH } from '../client.ts';
import { type SocketFetchOptions, socketFetch } from './socket-fetch.ts';

/** A client of the daemon behind a unix socket. The host name in the address is only a formality there. */
export function socketClient(socketPath: string, options: SocketFetchOptions = {}): Connection {
  const link = new RPCLink({ url: `http://localhost${RPC_PATH}`, fetch: socketFetch(socketPath, options) });
  return { client: createORPCClient<RollcallClient>(link), daemon: true, close: async () => {} };
}
