import type { Attributes } from './attributes.ts';
import { shown } from './fault.ts';
import { HOST_LIMITS, type HostLimits, type Limits } from './limits.ts';
import type { NmapEnding, NmapHandler } from './nmap-run.ts';
import { PASS_OVER, ROOT, type Rule } from './rules.ts';
import { RunDraft } from './run-draft.ts';
import { Tokenizer } from './tokenizer.ts';
import { Warnings } from './warnings.ts';

export interface NmapReaderOptions {
  /** Take characters XML forbids for U+FFFD, with a warning: nmap writes some (nmap/nmap#2657). */
  readonly lenient?: boolean;
  readonly limits?: Partial<Limits & HostLimits>;
}

export interface NmapReader {
  /** Takes the next bytes, cut anywhere; they may be reused afterwards. Throws only what the handler throws. */
  write(chunk: Uint8Array): void;
  /** Whether a fault was met: what comes after is not read, and need not be fetched. */
  readonly stopped: boolean;
  /** No more bytes come: says how it ended. */
  end(): NmapEnding;
}

/** Reads nmap's XML as it comes and tells the handler of every whole part. Bad XML is never thrown: it is the ending. */
export function createNmapReader(handler: NmapHandler, options: NmapReaderOptions = {}): NmapReader {
  const warnings = new Warnings();
  const limits = { ...HOST_LIMITS, ...options.limits };
  const refuse = (message: string): never => tokenizer.refuse(message);
  const places = { tagStart: () => tokenizer.tagStart, tagEnd: () => tokenizer.tagEnd };
  const run = new RunDraft(handler, { limits, warnings, refuse, ...places });
  const tokenizer = new Tokenizer(new Walk(run, { warnings, refuse }), options);
  return {
    write: (chunk) => tokenizer.write(chunk),
    get stopped() {
      return tokenizer.fault !== null;
    },
    end: () => endingOf(tokenizer, run, warnings),
  };
}

function endingOf(tokenizer: Tokenizer, run: RunDraft, warnings: Warnings): NmapEnding {
  const fault = tokenizer.end();
  const replaced = tokenizer.replaced;
  const list = warnings.list();
  if (replaced > 0) list.push(`replaced ${replaced} ${replaced === 1 ? 'character' : 'characters'} XML forbids by U+FFFD`);
  const cut = run.started ? 'partial' : 'unreadable';
  return { ending: fault ? cut : 'complete', closed: run.closed, fault, warnings: list, finished: run.finished };
}

/** Walks through the elements with the rules of each. */
class Walk {
  readonly #run: RunDraft;
  readonly #tools: { readonly warnings: Warnings; refuse(message: string): never };
  readonly #rules: Rule[] = [];

  constructor(run: RunDraft, tools: { readonly warnings: Warnings; refuse(message: string): never }) {
    this.#run = run;
    this.#tools = tools;
  }

  encoding(name: string): void {
    if (!/^(?:utf-?8|us-ascii)$/i.test(name)) this.#tools.warnings.add(`read the document as UTF-8, though it says it is ${shown(name)}`);
  }

  start(name: string, attributes: Attributes): void {
    const around = this.#rules.at(-1);
    const rule = (around ? around.inside : ROOT)?.get(name) ?? PASS_OVER;
    if (!around && rule === PASS_OVER) this.#tools.refuse(`reading nmap XML: it starts with ${shown(name)}, not with "nmaprun"`);
    this.#rules.push(rule);
    rule.open?.(this.#run, attributes);
  }

  text(read: () => string): void {
    const rule = this.#rules.at(-1);
    if (rule?.text) rule.text(this.#run, read());
  }

  end(): void {
    this.#rules.pop()?.close?.(this.#run);
  }
}
