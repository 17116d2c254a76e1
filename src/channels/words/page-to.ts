import type { JsonObject } from '../../core/index.ts';
import type { ExchangeRequest } from '../exchange/request.ts';

/** A request with a JSON page in it. */
export const pageTo = (
  url: string,
  page: JsonObject,
  more: Partial<Pick<ExchangeRequest, 'method' | 'headers'>> = {},
): ExchangeRequest => ({
  method: more.method ?? 'POST',
  url,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...more.headers },
  body: JSON.stringify(page),
});

/** An address of a server that may live below a path of its own; what else its URL says is not for this. */
export function below(server: string, path: string): string {
  const url = new URL(server);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  url.search = '';
  url.hash = '';
  return url.href;
}
