/** What a look that asks for nothing but presence leaves open. */
export const PRESENT = { names: null, ports: [], unlisted: [], timedOut: false, os: null } as const;
