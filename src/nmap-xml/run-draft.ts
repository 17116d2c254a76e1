import { parsePorts } from '../core/index.ts';
import type { Attributes } from './attributes.ts';
import { shown } from './fault.ts';
import { type DraftTools, HostDraft } from './host-draft.ts';
import type { NmapFinished, NmapHandler } from './nmap-run.ts';
import { readCount, readNumber } from './numbers.ts';

const UNFINISHED: NmapFinished = { time: null, exit: null, errorMessage: null, up: null, down: null, total: null };

export interface RunTools extends DraftTools {
  /** How many bytes lie before the tag being told. */
  tagStart(): number;
  /** How many bytes lie before what follows it. */
  tagEnd(): number;
}

/** What is known of the scan while its document is being read; tells the handler of everything that is whole. */
export class RunDraft {
  /** The host being read. */
  host: HostDraft | null = null;
  started = false;
  /** Its element came to its end. */
  closed = false;
  finished: NmapFinished | null = null;
  readonly #tools: RunTools;
  readonly #handler: NmapHandler;
  readonly #protocols = new Set<string>();
  #stats: NmapFinished | null = null;
  #block: HostDraft | null = null;
  #offset = 0;

  constructor(handler: NmapHandler, tools: RunTools) {
    this.#handler = handler;
    this.#tools = tools;
  }

  header(a: Attributes): void {
    this.started = true;
    this.#handler.onRun?.({
      scanner: a.get('scanner'),
      version: a.get('version'),
      args: a.get('args'),
      start: readNumber(a.get('start')),
      xmlOutputVersion: a.get('xmloutputversion'),
    });
  }

  close(): void {
    this.closed = true;
  }

  scanInfo(a: Attributes): void {
    const [type, protocol, list] = [a.get('type'), a.get('protocol'), a.get('services')];
    const services = list === null ? undefined : parsePorts(list);
    this.#protocols.add(protocol ?? '');
    // Saying nothing is safe: what nobody claims to have asked can never be taken for gone.
    if (type === null || protocol === null || !services)
      this.#tools.warnings.add(`left out what was scanned, as it is not a type, a protocol and ports: ${shown(list ?? '')}`);
    else this.#handler.onScanInfo?.({ type, protocol, services });
  }

  progress(a: Attributes): void {
    const percent = readNumber(a.get('percent'));
    if (percent === null) return;
    this.#handler.onProgress?.({
      task: a.get('task') ?? '',
      percent,
      remaining: readNumber(a.get('remaining')),
      etc: readNumber(a.get('etc')),
    });
  }

  openHost(a: Attributes): void {
    this.#offset = this.#tools.tagStart();
    this.host = new HostDraft(this.#tools, a);
  }

  closeHost(): void {
    const host = this.host?.finish(this.#protocols.size === 1 ? ([...this.#protocols][0] ?? null) : null);
    this.host = null;
    if (host) this.#handler.onHost?.(host, { offset: this.#offset, length: this.#tools.tagEnd() - this.#offset });
  }

  /** Scripts before and after the hosts are read like those of a host, under the same limits. */
  openScripts(a: Attributes): void {
    this.#block = new HostDraft(this.#tools, a);
  }

  script(a: Attributes): void {
    this.#block?.hostScript(a);
  }

  closeScripts(when: 'pre' | 'post'): void {
    this.#handler.onScripts?.(when, this.#block?.finish(null).scripts ?? []);
    this.#block = null;
  }

  finish(a: Attributes): void {
    this.#stats = {
      ...(this.#stats ?? UNFINISHED),
      time: readNumber(a.get('time')),
      exit: a.get('exit'),
      errorMessage: a.get('errormsg'),
    };
  }

  totals(a: Attributes): void {
    const [up, down, total] = [readCount(a.get('up')), readCount(a.get('down')), readCount(a.get('total'))];
    this.#stats = { ...(this.#stats ?? UNFINISHED), up, down, total };
  }

  closeStats(): void {
    this.finished = this.#stats;
    if (this.finished) this.#handler.onFinished?.(this.finished);
  }
}
