import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from './contract.ts';

export type RollcallContract = typeof contract;

/** What a client can call, over the socket, over TCP or in process. */
export type RollcallClient = ContractRouterClient<RollcallContract>;
