import type { Role } from '../../core/index.ts';

/** Where what went wrong is told to whoever runs us. A pino logger is one. */
export interface OidcLog {
  warn(fields: object, message: string): void;
}

/** The identity provider, and what its word counts for here. */
export interface OidcOptions {
  /** https, or http on this machine itself. */
  readonly issuer: string;
  /** Who we are there. */
  readonly client: string;
  /** Asked anew for each reading of what the provider is; null: we have none. Throws when it cannot be read. */
  readonly secret: () => Promise<string | null>;
  readonly scopes: readonly string[];
  /** Hosts that may stand in for the issuer's own. */
  readonly hosts: readonly string[];
  /** null: preferred_username, then email, then sub. */
  readonly nameClaim: string | null;
  /** null: nobody's role is said there. */
  readonly roleClaim: string | null;
  /** What a value of the role claim makes somebody here. */
  readonly roles: Readonly<Record<string, Role>>;
  /** Of whoever has no value that counts; null: they do not come in. */
  readonly defaultRole: Role | null;
  readonly log: OidcLog;
}
