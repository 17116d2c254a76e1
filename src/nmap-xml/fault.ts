import { untrusted } from '../core/index.ts';

/** Where and why reading stopped. */
export interface XmlFault {
  /** Lower case, what was being read, what is wrong with it. Foreign text in it is cleaned and short. */
  readonly message: string;
  /** Bytes before the fault. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** In bytes, from 1. */
  readonly column: number;
}

/** Start of the tag, comment or text that was being read. */
export const AT_UNIT = -1;

/** Not XML, or more than the limits allow. Never leaves this room: it becomes an {@link XmlFault}. */
export class Malformed extends Error {
  /** Index into the bytes being scanned, or AT_UNIT. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'Malformed';
    this.at = at;
  }
}

class CutOff extends Error {}

/** Thrown when the bytes end in the middle of something: not a fault until the document ends too. Made once, as it is thrown once a chunk. */
export const CUT: Error = new CutOff('the bytes end here');

/** Foreign text in a message: quoted, cleaned, short. */
export function shown(text: string): string {
  return JSON.stringify(untrusted(text.length > 40 ? `${text.slice(0, 40)}...` : text));
}
