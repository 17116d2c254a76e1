/**
 * access: who may come in, and what they may. Users, sign-ins, tokens, the link that sets up, limits, and the record of who did what.
 * Never: headers or cookies (faces know those), what an operation does, or anything of the network.
 */
export type * from './access.ts';
export { createAccess } from './create-access.ts';
export { LONGEST_NAME } from './names.ts';
export type { AccessLog, AccessParts } from './parts.ts';
export { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password-rules.ts';
