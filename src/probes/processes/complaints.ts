import { untrusted } from '../../core/index.ts';

/** Collects standard error: the first lines word by word, the rest only counted. */
export interface Complaints {
  write(chunk: Uint8Array): void;
  finish(): { readonly complaints: readonly string[]; readonly unrouted: number };
}

const LINES = 20;
const LINE_LENGTH = 300;
/** One such line per target: worth a number, not 256 lines. */
const NO_ROUTE = /failed to determine route to/;

export function createComplaints(): Complaints {
  const decoder = new TextDecoder();
  const kept: string[] = [];
  let pending = '';
  let dropped = 0;
  let unrouted = 0;
  const take = (line: string): void => {
    const text = untrusted(line, LINE_LENGTH).trim();
    if (text === '') return;
    if (NO_ROUTE.test(text)) unrouted++;
    else if (kept.length < LINES && !kept.includes(text)) kept.push(text);
    else dropped++;
  };
  return {
    write(chunk) {
      const lines = (pending + decoder.decode(chunk, { stream: true })).split('\n');
      // A line without an end must not grow for ever.
      pending = (lines.pop() as string).slice(0, LINE_LENGTH * 4);
      for (const line of lines) take(line);
    },
    finish() {
      take(pending);
      return { complaints: dropped === 0 ? kept : [...kept, `and ${dropped} more lines`], unrouted };
    },
  };
}
