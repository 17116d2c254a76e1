import { type Address, canonicalAddress, canonicalMac, type Mac, untrusted } from '../../core/index.ts';

export interface Answer {
  readonly address: Address;
  readonly mac: Mac;
}

/** What arp-scan said of itself. */
export interface Told {
  readonly version: string | null;
  /** Addresses it asked, from its last line; null when that never came. */
  readonly asked: number | null;
}

/** Cuts what one arp-scan prints into answers, and tells each pair of address and card once. */
export interface AnswerReader {
  write(chunk: Uint8Array): void;
  /** A last line without its end counts as nothing: half an address is another address. */
  end(): Told;
}

/** Longer lines are none of arp-scan's; what stands in them is passed over. */
const LONGEST = 512;
/** One device may answer under as many cards as it likes, but not fill the memory. */
const MOST_PAIRS = 200_000;

export function createAnswerReader(tell: (answer: Answer) => void): AnswerReader {
  const decoder = new TextDecoder();
  const told = new Set<string>();
  let version: string | null = null;
  let asked: number | null = null;
  let pending = '';
  const take = (line: string): void => {
    const answer = answerOf(line);
    if (answer === null) {
      const footer = /^Ending arp-scan (\S{1,40}): (\d{1,10}) hosts scanned in /.exec(line);
      if (footer !== null) [version, asked] = [untrusted(footer[1] as string, 40), Number(footer[2])];
      return;
    }
    const pair = `${answer.address} ${answer.mac}`;
    if (told.has(pair)) return;
    if (told.size >= MOST_PAIRS) throw new Error(`arp-scan tells of more than ${MOST_PAIRS} answers`);
    told.add(pair);
    tell(answer);
  };
  return {
    write(chunk) {
      const lines = (pending + decoder.decode(chunk, { stream: true })).split('\n');
      pending = (lines.pop() as string).slice(0, LONGEST);
      for (const line of lines) if (line.length < LONGEST) take(line);
    },
    end: () => ({ version, asked }),
  };
}

/** "10.0.0.5 <tab> 02:00:5e:00:53:01" and nothing else. */
function answerOf(line: string): Answer | null {
  const [ip = '', card = '', ...rest] = line.split('\t');
  const address = canonicalAddress(ip);
  const mac = canonicalMac(card.trim());
  // A group address is nobody's card.
  return address === undefined || mac === undefined || rest.length > 0 || isGroup(mac) ? null : { address, mac };
}

const isGroup = (mac: Mac): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
