import { randomBytes } from 'node:crypto';

/** Two stores never have the same: whoever drops doubles would take the messages of one for those of the other. */
export const freshTag = (): string => randomBytes(6).toString('hex');
