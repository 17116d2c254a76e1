import type { Instant } from '../core/index.ts';
import type { ApiContext } from './context.ts';

export const nowOf = (context: ApiContext): Instant => (context.now ?? Date.now)();
