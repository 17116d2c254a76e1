import { LONGEST_LINE } from './limits.ts';

export interface LineReader {
  write(chunk: Uint8Array): void;
  /** Hands over the last line when it has no end. */
  end(): void;
}

/** Cuts UTF-8 into lines at LF, CR or CRLF, each capped; memory stays flat whatever comes. */
export function createLineReader(take: (line: string) => void): LineReader {
  const decoder = new TextDecoder();
  let pending = '';
  const feed = (text: string): void => {
    const lines = text.split(/\r\n|\n|\r/);
    lines[0] = pending + (lines[0] as string);
    pending = (lines.pop() as string).slice(0, LONGEST_LINE);
    for (const line of lines) take(line.slice(0, LONGEST_LINE));
  };
  return {
    write: (chunk) => feed(decoder.decode(chunk, { stream: true })),
    end() {
      feed(decoder.decode());
      if (pending !== '') take(pending);
    },
  };
}

/** One space for every run of white space, the no-break kinds of other locales included. */
export const plainSpaces = (line: string): string => line.replaceAll(/\s+/g, ' ').trim();
