import { createZstdDecompress } from 'node:zlib';
import { untrusted } from '../core/index.ts';

/** Most lines shown of one scan's output; a tarpit has 65,536 ports. */
const MOST_LINES = 60;
/** Longest line shown, in characters. */
const LONGEST = 300;
/** Output read through in search of a device, in bytes; most of it is about others. */
const LARGEST = 256 * 1024 * 1024;
/** A line or host that grows beyond this is taken as it is, in characters. */
const MOST_HELD = 256 * 1024;

/** Lines shown beyond these because they hold the very thing that is asked about. */
const MOST_TELLING = 5;

/**
 * The lines of a tool's kept output that are about one host: of nmap's XML its whole element, of other text the lines
 * that name an address or hardware address of it. Of too many the first, and those that hold `telling` ('portid="22"').
 * null when the output cannot be unpacked.
 */
export async function linesAbout(raw: Uint8Array, names: readonly string[], telling?: string): Promise<readonly string[] | null> {
  const zstd = createZstdDecompress();
  zstd.end(raw);
  const search = new Search(names);
  let size = 0;
  try {
    for await (const chunk of zstd as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      search.read(chunk);
      if (search.isFull || size > LARGEST) break;
    }
    return search.end(telling);
  } catch {
    return null;
  } finally {
    zstd.destroy();
  }
}

/** Where output is cut: at ends of lines, and around the hosts of XML that has none. */
const CUTS = /\r?\n|(?<=<\/host>)|(?=<host[\s>])/;

class Search {
  readonly #wanted: RegExp | null;
  readonly #decoder = new TextDecoder();
  readonly #found: string[] = [];
  #held = '';
  /** Lines of the host element that is open. */
  #host: string[] | null = null;
  #hostSize = 0;

  constructor(names: readonly string[]) {
    this.#wanted = names.length === 0 ? null : new RegExp(names.map(wholeWord).join('|'), 'i');
  }

  get isFull(): boolean {
    return this.#found.length >= MOST_LINES;
  }

  read(chunk: Uint8Array): void {
    const pieces = (this.#held + this.#decoder.decode(chunk, { stream: true })).split(CUTS);
    this.#held = pieces.pop() ?? '';
    for (const piece of pieces) this.#line(piece);
    if (this.#held.length <= MOST_HELD) return;
    this.#line(this.#held);
    this.#held = '';
  }

  end(telling: string | undefined): readonly string[] {
    this.#line(this.#held);
    this.#closeHost();
    const beyond = telling === undefined ? [] : this.#found.slice(MOST_LINES).filter((line) => line.includes(telling));
    const shown = [...this.#found.slice(0, MOST_LINES), ...beyond.slice(0, MOST_TELLING)];
    return shown.map((line) => untrusted(line.trim().replaceAll('\t', '  '), LONGEST));
  }

  #line(line: string): void {
    if (/^\s*<host[\s>]/.test(line)) {
      this.#closeHost();
      this.#host = [];
      this.#hostSize = 0;
    }
    if (this.#host === null) {
      // What XML says beside its hosts is the command, which is told anyway.
      if (!/^\s*</.test(line) && this.#isWanted(line)) this.#found.push(line);
      return;
    }
    this.#hostSize += line.length;
    if (this.#hostSize <= MOST_HELD && line.trim() !== '') this.#host.push(line);
    if (line.includes('</host>')) this.#closeHost();
  }

  /** A host is wanted by its own addresses: traces and scripts name others. */
  #closeHost(): void {
    const host = this.#host;
    this.#host = null;
    if (host?.some((line) => line.includes('<address') && this.#isWanted(line))) this.#found.push(...host);
  }

  #isWanted(line: string): boolean {
    return this.#wanted?.test(line) ?? false;
  }
}

/** "10.0.0.1" is not in "10.0.0.12", nor in "110.0.0.1". */
function wholeWord(name: string): string {
  const text = RegExp.escape(name);
  return name.includes(':') ? `(?<![\\w:.])${text}(?!\\w|[:.]\\w)` : `(?<![\\w.])${text}(?!\\w|\\.\\d)`;
}
