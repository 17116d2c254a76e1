export { createElsewhere, type Elsewhere } from './elsewhere.ts';
export type { OidcOptions } from './options.ts';
