import { unpacked } from './bodies.ts';

/** What a text says as JSON; undefined: it says nothing. */
export function fromText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What a packed body says; undefined: it says nothing. */
export function fromBody(body: Uint8Array): unknown {
  try {
    return unpacked(body);
  } catch {
    return undefined;
  }
}
