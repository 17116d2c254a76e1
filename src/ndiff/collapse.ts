import { NoOrder } from './pairs.ts';

/** Ndiff dies in the middle of a host, of something that it cannot order. */
export class Collapse extends NoOrder {
  /** What it has said of this host before. */
  readonly written: string;

  constructor(message: string, written: string) {
    super(message);
    this.written = written;
  }
}
