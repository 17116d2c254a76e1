import { createHash } from 'node:crypto';
import { setImmediate as othersTurn } from 'node:timers/promises';
import {
  Fault,
  HISTORY_HEAD,
  type History,
  type HistoryFile,
  type HistoryFormat,
  type HistoryOptions,
  type HistoryReader,
  type HistorySource,
  historyFormatOf,
  type PastLook,
} from '../../../core/index.ts';
import { packingOf } from '../../../nmap-xml/index.ts';
import { createArpDat } from './arpwatch.ts';
import { HistoryDraft, Unusable } from './draft.ts';
import type { FileRead, FileReader, FileScene } from './file-reader.ts';
import { timesIn } from './local-times.ts';
import { createMonitorDump, createMonitorTable } from './network-monitor.ts';
import { createPastScan } from './nmap-scan.ts';
import { createPiAlertTable } from './pi-alert.ts';
import { createWatchYourLan } from './watch-your-lan.ts';

/** Bytes read in one go: a few milliseconds' worth. */
const PIECE = 128 * 1024;

/** Reads what other programs remember of a network. */
export function createHistoryReader(): HistoryReader {
  return {
    async read(files, options) {
      const reading = new Reading(options);
      for await (const file of files) await reading.take(file);
      return reading.end();
    },
  };
}

class Reading {
  readonly #options: HistoryOptions;
  readonly #draft: HistoryDraft;
  readonly #times: FileScene['times'];
  readonly #looks: PastLook[] = [];
  readonly #sources: HistorySource[] = [];
  readonly #digests = new Set<string>();

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#draft = new HistoryDraft(options.now);
    this.#times = timesOrFault(options.zone);
  }

  /** A file that is none of ours is told, and the others are read all the same. */
  async take(file: HistoryFile): Promise<void> {
    const refused = this.#draft.refusedCount;
    const hash = createHash('sha256');
    let read: FileRead | null = null;
    try {
      read = await this.#read(file, hash);
    } catch (failure) {
      if (!(failure instanceof Unusable)) throw failure;
      this.#draft.refuse(file.name, null, failure.message);
    }
    const digest = hash.digest('hex');
    const twin = this.#digests.has(digest);
    this.#digests.add(digest);
    if (read?.look && !twin) this.#looks.push({ digest, report: read.look });
    const { format = null, rows = 0, firstAt = null, lastAt = null, notes = [] } = read ?? {};
    this.#sources.push({
      name: file.name,
      format,
      guessed: this.#options.from === null,
      digest,
      rows,
      refused: this.#draft.refusedCount - refused,
      firstAt,
      lastAt,
      notes: twin ? [...notes, 'it is the same as another of these files'] : notes,
    });
  }

  async #read(file: HistoryFile, hash: ReturnType<typeof createHash>): Promise<FileRead> {
    const detector = new Detector({ name: file.name, draft: this.#draft, options: this.#options, times: this.#times });
    for await (const chunk of file.bytes) {
      for (let start = 0; start < chunk.length; start += PIECE) {
        const piece = chunk.subarray(start, start + PIECE);
        hash.update(piece);
        detector.write(piece);
        await othersTurn();
      }
    }
    return detector.end();
  }

  end(): History {
    const looks = this.#looks.sort((a, b) => a.report.finishedAt - b.report.finishedAt);
    const { refusedCount: count, refusedFirst: first } = this.#draft;
    return { records: this.#draft.records(), looks, sources: this.#sources, refused: { count, first } };
  }
}

function timesOrFault(zone: string): FileScene['times'] {
  try {
    return timesIn(zone);
  } catch {
    const shown = JSON.stringify(zone.slice(0, 60));
    throw new Fault('bad-input', `reading --zone ${shown}: there is no such time zone`, 'write one like Europe/Berlin, or UTC');
  }
}

/** Collects the head, chooses the format, then passes everything on. */
class Detector {
  readonly #scene: FileScene;
  #head: Uint8Array = new Uint8Array();
  #reader: FileReader | null = null;
  /** A file that cannot be used is read to its end all the same, for its digest. */
  #refusal: Unusable | null = null;

  constructor(scene: FileScene) {
    this.#scene = scene;
  }

  write(chunk: Uint8Array): void {
    if (this.#refusal) return;
    if (this.#reader) return this.#pass(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    if (this.#head.length >= HISTORY_HEAD) this.#settle();
  }

  end(): FileRead {
    if (!this.#reader && !this.#refusal) this.#settle();
    if (this.#refusal) throw this.#refusal;
    return (this.#reader as FileReader).end();
  }

  #settle(): void {
    try {
      this.#reader = readerFor(this.#scene, this.#head);
    } catch (failure) {
      if (!(failure instanceof Unusable)) throw failure;
      this.#refusal = failure;
    }
    if (this.#reader) this.#pass(this.#head);
  }

  #pass(chunk: Uint8Array): void {
    try {
      this.#reader?.write(chunk);
    } catch (failure) {
      if (!(failure instanceof Unusable)) throw failure;
      this.#refusal = failure;
    }
  }
}

function readerFor(scene: FileScene, head: Uint8Array): FileReader {
  if (head.length === 0) throw new Unusable('it is empty');
  const seen = historyFormatOf(head);
  const format = scene.options.from ?? seen;
  if (format === null) throw new Unusable(unknown(head));
  if (format === 'network-monitor') return isDump(head) ? createMonitorDump(scene) : createMonitorTable(scene);
  return READERS[format](scene);
}

const READERS: Readonly<Record<Exclude<HistoryFormat, 'network-monitor'>, (scene: FileScene) => FileReader>> = {
  nmap: createPastScan,
  arpwatch: createArpDat,
  netalertx: (scene) => createPiAlertTable(scene, 'netalertx'),
  pialert: (scene) => createPiAlertTable(scene, 'pialert'),
  watchyourlan: createWatchYourLan,
};

/** A heading of a table names the column mac before anything is inserted. */
function isDump(head: Uint8Array): boolean {
  // Spreadsheets put a mark before the first name.
  const text = new TextDecoder().decode(head.subarray(0, 4096));
  return !/(?:^|[,;\t"])mac(?:["]?[,;\t]|["]?$)/i.test(text.split(/[\r\n]/, 1)[0] ?? '');
}

function unknown(head: Uint8Array): string {
  const packed = packingOf(head);
  return packed === null ? 'it is of no format that is known' : `it is ${packed.what}; turn it into plain text first: ${packed.unpack}`;
}
