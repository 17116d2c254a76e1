import type { Asker } from '../watch/index.ts';
import type { ApiContext } from './context.ts';

/** Who asks, as the keeper has to know it. */
export const askerOf = ({ caller: { user, scopes } }: ApiContext): Asker => ({ user, scopes });
