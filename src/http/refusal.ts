import type { FaultJson } from '../contract/index.ts';

/** Why a request is turned away, before or after anybody looked at what it asks. */
export interface Refusal extends FaultJson {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body every refusal has. */
export const refusalBody = ({ code, message, remedy }: Refusal): FaultJson => ({ code, message, remedy });

export function refuse(refusal: Refusal): Response {
  return new Response(JSON.stringify(refusalBody(refusal)), {
    status: refusal.status,
    headers: { 'content-type': 'application/json', ...refusal.headers },
  });
}

export const INTERNAL: Refusal = {
  status: 500,
  code: 'internal',
  message: 'answering failed inside rollcall',
  remedy: 'look into the log of the daemon',
};

export const TOO_LARGE: Refusal = {
  status: 413,
  code: 'too-large',
  message: 'reading the request: its body is larger than this operation takes',
  remedy: 'send less at once; a report may have 256 MB, anything else 1 MB',
};

export const MALFORMED: Refusal = {
  status: 400,
  code: 'bad-input',
  message: 'reading the request: it is malformed',
  remedy: 'see /api/v1/openapi.json for what is accepted',
};

export function notFound(path: string): Refusal {
  return {
    status: 404,
    code: 'not-found',
    message: `finding ${JSON.stringify(path.slice(0, 120))}: there is no such path`,
    remedy: 'see /api/v1/openapi.json for all paths',
  };
}

export function wrongMethod(method: string, allowed: readonly string[]): Refusal {
  return {
    status: 405,
    code: 'wrong-method',
    message: `answering ${method}: this path does not take it`,
    remedy: `use ${allowed.join(' or ')}`,
    headers: { allow: allowed.join(', ') },
  };
}
