/**
 * api: the handlers of the contract. They ask the keeper and write its answers as JSON shapes.
 * Never: HTTP, files, processes, or a decision the keeper should make.
 */
export type { Access } from '../access/index.ts';
export { namedIn } from './audited.ts';
export type { ApiContext, Cookies } from './context.ts';
export { typeOf } from './guesses.ts';
export { type Permit, permitOf } from './permit.ts';
export { refusalOf } from './refusal.ts';
export { createRouter, type RollcallRouter } from './router.ts';
export { breathe, SLICE } from './slices.ts';
