import { ROLES, type Role, untrusted } from '../../core/index.ts';
import type { OidcOptions } from './options.ts';

/** What a provider says of somebody. Hostile like all that comes over a wire. */
export type Claims = Readonly<Record<string, unknown>>;

const NAMES = ['preferred_username', 'email', 'sub'];
/** Letters of a name that are looked at. */
const LONGEST = 256;
/** Values of a claim that are looked at: somebody may be in a great many groups. */
const MOST_VALUES = 5000;

/** What somebody is called there; empty: nothing that is a text. */
export function nameIn(claims: Claims, { nameClaim }: Pick<OidcOptions, 'nameClaim'>): string {
  const keys = nameClaim === null ? NAMES : [nameClaim, ...NAMES];
  for (const key of keys) {
    const value = claimAt(claims, key);
    const name = typeof value === 'string' ? untrusted(value, LONGEST).trim() : '';
    if (name !== '') return name;
  }
  return '';
}

/** The most that any value of the role claim stands for; null: nothing of it counts here, and there is no default. */
export function roleIn(claims: Claims, options: Pick<OidcOptions, 'roleClaim' | 'roles' | 'defaultRole'>): Role | null {
  const { roleClaim, roles, defaultRole } = options;
  const said = roleClaim === null ? [] : valuesOf(claimAt(claims, roleClaim));
  const mapped = new Set(said.flatMap((value) => (Object.hasOwn(roles, value) ? [roles[value]] : [])));
  return ROLES.findLast((role) => mapped.has(role)) ?? defaultRole;
}

/** Whether all that is asked for is said already. */
export const saysAll = (claims: Claims, { nameClaim, roleClaim }: Pick<OidcOptions, 'nameClaim' | 'roleClaim'>): boolean =>
  [nameClaim ?? 'preferred_username', ...(roleClaim === null ? [] : [roleClaim])].every((key) => claimAt(claims, key) !== undefined);

/** By its very name, which may have dots in it, else along them ("realm_access.roles"). */
function claimAt(claims: Claims, key: string): unknown {
  if (Object.hasOwn(claims, key)) return claims[key];
  let at: unknown = claims;
  for (const step of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = Reflect.get(at, step);
  }
  return at;
}

const valuesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]).slice(0, MOST_VALUES) : [value]).filter((one) => typeof one === 'string');
