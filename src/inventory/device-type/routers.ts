import type { Family } from './family.ts';

/** What only a router says: that it routes. */
export const ROUTERS: Family = {
  says: 'says by neighbour discovery',
  of: ({ clues }) => (clues.some(({ kind }) => kind === 'router') ? ['that it routes'] : []),
  rules: [[/routes/, 'router', 0.8]],
};
