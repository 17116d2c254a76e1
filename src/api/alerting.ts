import type { Alerting } from '../watch/index.ts';
import type { ApiContext } from './context.ts';

/** Who hears of what: that part of the keeper. */
export const alertingOf = ({ keeper }: Pick<ApiContext, 'keeper'>): Alerting => keeper;
