import type { Access } from '../api/index.ts';
import { OWNER } from '../core/index.ts';
import { type Standing, standingOf } from './callers/caller.ts';
import { type Line, type Way, wayOf } from './callers/way.ts';
import { judgeHost } from './guards/host.ts';
import { judgeCookieOrigin, judgeOrigin } from './guards/origin.ts';
import type { Elsewhere } from './oidc/index.ts';
import type { OwnNames } from './own-names.ts';
import type { Refusal } from './refusal.ts';
import type { WebFiles } from './web/index.ts';

/** How one face of the door judges who comes. */
export interface Face {
  /** The caller owns the machine: operations that write to it exist, too. */
  readonly local: boolean;
  wayOf(headers: Headers, line: Line): Way;
  /** Whom a request may come from at all, judged before anything else. */
  judgeWay(request: Request, way: Way): Refusal | undefined;
  /** Who asks; what it may is judged elsewhere. */
  standingOf(request: Request, way: Way): Standing | Refusal;
  /** Files of the dashboard; null: this face has none. */
  readonly web: (() => WebFiles) | null;
  /** Signing in at an identity provider; null: nobody does. */
  readonly elsewhere: Elsewhere | null;
}

const HERE: Way = { from: null, secure: false, host: null };

/** The face of whoever may open our socket: the file's mode is all the proof there is. */
export const ownerFace: Face = {
  local: true,
  wayOf: () => HERE,
  judgeWay: () => undefined,
  standingOf: () => ({ caller: OWNER, shown: true, byCookie: false }),
  web: null,
  elsewhere: null,
};

export interface StrangerParts {
  readonly access: Pick<Access, 'recognise'>;
  /** Names this machine is called by. */
  readonly names: OwnNames;
  /** Addresses of proxies that are believed what they say of a caller. */
  readonly proxies: ReadonlySet<string>;
  readonly web: Face['web'];
  readonly elsewhere: Face['elsewhere'];
}

/** The face for everybody else: host, origin and caller have to be right, cheapest first. */
export function strangerFace({ access, names, proxies, web, elsewhere }: StrangerParts): Face {
  return {
    local: false,
    web,
    elsewhere,
    wayOf: (headers, line) => wayOf(headers, line, proxies),
    judgeWay: ({ method, headers }, way) => judgeHost(way.host, names) ?? judgeOrigin(method, headers, way),
    standingOf({ method, headers }, way) {
      const standing = standingOf(headers, way, access);
      return (standing.byCookie ? judgeCookieOrigin(method, headers, way) : undefined) ?? standing;
    },
  };
}
