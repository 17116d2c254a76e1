import type { Dialect } from './exchange.ts';
import { METRICS_PATH } from './metrics/index.ts';
import { OPENAPI_PATH } from './openapi.ts';
import { notFound, type Refusal, wrongMethod } from './refusal.ts';

/** Where anybody may ask whether we are alive. */
export const HEALTH_PATH = '/healthz';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const READ_ONLY: ReadonlySet<string> = new Set(['/', HEALTH_PATH, METRICS_PATH, OPENAPI_PATH]);

/** Why nothing answered: no such path, or the path takes other methods. */
export async function unmatched(method: string, path: string, rest: Dialect['matcher']): Promise<Refusal> {
  const allowed = await allowedMethods(path, rest);
  return allowed.length === 0 || allowed.includes(method) ? notFound(path) : wrongMethod(method, allowed);
}

async function allowedMethods(path: string, rest: Dialect['matcher']): Promise<string[]> {
  if (READ_ONLY.has(path)) return ['GET', 'HEAD'];
  if (path.startsWith('/rpc/')) return ['POST'];
  const matches = await Promise.all(METHODS.map((method) => rest.match(method, path as `/${string}`)));
  return METHODS.filter((_, i) => matches[i] !== undefined);
}
