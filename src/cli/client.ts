import type { RollcallClient } from '../contract/index.ts';

/** Where the daemon answers clients of the contract, on its socket as over TCP. */
export const RPC_PATH = '/rpc';

/** An open door to the operations of the contract. */
export interface Connection {
  readonly client: RollcallClient;
  /** Whether a daemon answers; otherwise the handlers run in this process and nothing happens by itself. */
  readonly daemon: boolean;
  close(): Promise<void>;
}
