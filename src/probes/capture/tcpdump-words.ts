import { type Cause, type CauseCode, untrusted } from '../../core/index.ts';

const LINE = 300;
const MOST_COMPLAINTS = 3;

/** Listens to what tcpdump says on its standard error. */
export interface TcpdumpWords {
  write(chunk: Uint8Array): void;
  /** It listens by now. */
  readonly listening: boolean;
  /** Frames that the kernel or the interface had no room for, as it said last. */
  readonly dropped: number;
  /** The first lines that are neither a greeting nor a count; empty when there were none. */
  readonly complaint: string;
}

const DROPPED = /(\d+) packets? dropped by (kernel|interface)/g;
const GREETING = /listening on|packets? (captured|received)|packets? dropped|verbose output suppressed|data link type/;

export function createTcpdumpWords(): TcpdumpWords {
  const decoder = new TextDecoder();
  const dropped = { kernel: 0, interface: 0 };
  let pending = '';
  let listening = false;
  const complaints: string[] = [];
  const take = (line: string): void => {
    if (line.includes('listening on')) listening = true;
    for (const [, count, by] of line.matchAll(DROPPED)) dropped[by as 'kernel' | 'interface'] = Number(count);
    const text = untrusted(line, LINE)
      .trim()
      .replace(/^tcpdump: /, '');
    if (text !== '' && !GREETING.test(text) && complaints.length < MOST_COMPLAINTS) complaints.push(text);
  };
  return {
    write(chunk) {
      const lines = (pending + decoder.decode(chunk, { stream: true })).split('\n');
      pending = (lines.pop() as string).slice(0, LINE * 4);
      for (const line of lines) take(line);
    },
    get listening() {
      return listening;
    },
    get dropped() {
      return dropped.kernel + dropped.interface;
    },
    get complaint() {
      return complaints.join(' ');
    },
  };
}

const MEANINGS: readonly (readonly [RegExp, CauseCode])[] = [
  [/\bthe runner\b/, 'killed'],
  [/permission|not permitted|you don't have/i, 'no-privilege'],
  [/no such device|interface disappeared|doesn't exist/i, 'interface-gone'],
  [/is not up|network is down|went down/i, 'interface-down'],
];

/** Why a tcpdump that nobody stopped has ended. */
export function whyEnded(iface: string, complaint: string): Cause {
  const code = MEANINGS.find(([pattern]) => pattern.test(complaint))?.[1] ?? 'tool-failed';
  return { code, text: `listening on ${iface}: tcpdump ended${complaint === '' ? ' without a word' : `: ${complaint}`}` };
}
