/** Ndiff dies of what it is about to say. */
export class Collapse extends Error {
  /** What it has said of this host before. */
  readonly written: string;

  constructor(message: string, written: string) {
    super(message);
    this.written = written;
  }
}
