import type { StoreCopy } from '../core/index.ts';

/** A copy of the store as a file that is read while it is sent: it may be larger than memory. */
export const copyFile = (copy: StoreCopy, name: string): File => new CopyFile(copy, name);

class CopyFile extends File {
  readonly #copy: StoreCopy;

  constructor(copy: StoreCopy, name: string) {
    super([], name, { type: 'application/vnd.sqlite3' });
    this.#copy = copy;
  }

  override get size(): number {
    return this.#copy.size;
  }

  override stream(): ReturnType<File['stream']> {
    return ReadableStream.from(this.#copy.read()) as ReturnType<File['stream']>;
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(Buffer.concat(await Array.fromAsync(this.#copy.read())));
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }
}
