import type { Access } from '../../api/index.ts';
import { type Caller, nobodyFrom } from '../../core/index.ts';
import { cookieIn } from './cookie.ts';
import type { Way } from './way.ts';

/** Who stands behind a request. */
export interface Standing {
  readonly caller: Caller;
  /** Something was shown that says who it is, known or not. */
  readonly shown: boolean;
  /** It is a browser that shows its cookie by itself, whoever made it ask. */
  readonly byCookie: boolean;
}

/** Recognised by its bearer token, or by its cookie. Whatever is not known is nobody. */
export function standingOf(headers: Headers, way: Way, access: Pick<Access, 'recognise'>): Standing {
  const authorization = headers.get('authorization');
  const bearer = bearerIn(authorization);
  const cookie = cookieIn(headers, way.secure);
  // A header that is no token of ours is not made good by a cookie beside it: who sends both is confused, or an attacker.
  const garbled = authorization !== null && bearer === null;
  const caller = garbled ? null : access.recognise({ cookie, bearer, from: way.from });
  return {
    caller: caller ?? nobodyFrom(way.from),
    shown: authorization !== null || cookie !== null,
    byCookie: cookie !== null && bearer === null,
  };
}

const bearerIn = (authorization: string | null): string | null =>
  /^Bearer +(?<token>\S{1,1024})$/i.exec(authorization ?? '')?.groups?.token ?? null;
