import { type ChangeDraft, Fault, type History, type ImportRecord, type Instant, type JsonObject, targetSize } from '../core/index.ts';
import { combined, type PastDevice, pastOfLooks, pastOfRecord } from '../inventory/index.ts';
import type { Brought } from './entry.ts';
import { type Grafting, graftingOf } from './import-graft.ts';
import type { Ledger } from './ledger.ts';
import type { WatcherParts } from './outside.ts';
import { readTargets } from './scan-order.ts';
import { importScan, lookScan } from './scan-record.ts';
import type { HistoryRequest, HistoryResult } from './scans-asked.ts';
import { flatMapped, unhurried } from './unhurried.ts';

type Parts = { readonly outside: WatcherParts; readonly ledger: Ledger };

/** Spans that one transaction writes, about: a larger import is written in several, and goes on where it stopped. */
const CHUNK = 50_000;

/** Takes in what other programs remember; `dryRun` says what it would do, and writes nothing. Fault bad-input when nothing is of use. */
export async function importHistory({ outside, ledger }: Parts, request: HistoryRequest): Promise<HistoryResult> {
  const at = outside.clock.now();
  if (!outside.historyReader) throw new Fault('unavailable', 'importing history: nothing here can read it');
  const history = await outside.historyReader.read(request.files, {
    from: request.from,
    zone: request.zone,
    covers: coversOf(request.covers),
    now: at,
  });
  const site = ledger.roll.site;
  const known = new Set((await outside.store.imports(site)).map(({ digest }) => digest));
  if (history.records.length === 0 && history.looks.length === 0) throw nothingOfUse(history);
  const book = new Book(history, known);
  const grafting = graftingOf({ store: outside.store, at, site });
  const chunks = chunksOf(history, await looked(history, site));
  if (request.dryRun) for (const chunk of chunks) book.count(await grafting.graft(ledger.roll, await unhurried(pastsOf(chunk))));
  else await write({ ledger, site, at }, { book, grafting, chunks });
  return book.result(at, request.dryRun);
}

function coversOf(covers: readonly string[]): ReturnType<typeof rangesOf> | null {
  return covers.length === 0 ? null : rangesOf(covers);
}

function rangesOf(covers: readonly string[]) {
  const specs = readTargets(covers);
  const named = specs.find((spec) => spec.kind === 'hostname' || targetSize(spec) === 0n);
  if (named)
    throw new Fault('bad-input', `reading --covers ${named.text}: a name does not say which addresses were scanned`, 'write addresses');
  return specs.flatMap((spec) => (spec.kind === 'ranges' ? spec.ranges : []));
}

/** What scans of others say, as devices. */
async function looked({ looks }: History, site: string): Promise<readonly PastDevice[]> {
  const reports = looks.map(({ report }) => report);
  return reports.length === 0 ? [] : unhurried(pastOfLooks(reports, site));
}

/** As much as one transaction takes. */
interface Chunk {
  readonly records: History['records'];
  readonly seen: readonly PastDevice[];
  readonly isLast: boolean;
}

/** Devices are made of rows only when their turn comes: a long table is far smaller than what becomes of it. */
function* chunksOf({ records }: History, seen: readonly PastDevice[]): Generator<Chunk> {
  let start = 0;
  let weight = 0;
  for (const [index, { sessions }] of records.entries()) {
    weight += sessions.length;
    if (weight < CHUNK || index === records.length - 1) continue;
    yield { records: records.slice(start, index + 1), seen: [], isLast: false };
    [start, weight] = [index + 1, 0];
  }
  yield { records: records.slice(start), seen, isLast: true };
}

function* pastsOf({ records, seen }: Chunk): Generator<void, PastDevice[]> {
  const told = yield* flatMapped(records, (record): readonly PastDevice[] => {
    const past = pastOfRecord(record);
    return past === null ? [] : [past];
  });
  return combined([...told, ...seen]);
}

function nothingOfUse({ sources, refused }: History): Fault {
  const [first] = refused.first;
  const where = first === undefined ? '' : `${first.file}${first.line === null ? '' : `, line ${first.line}`}: ${first.reason}`;
  const what = `importing history: nothing of use in ${sources.length === 1 ? 'that file' : `${sources.length} files`}`;
  return new Fault('bad-input', where === '' ? what : `${what} (${where})`, 'name the format with --from, or look at docs/import.md');
}

interface Work {
  readonly book: Book;
  readonly grafting: Grafting;
  readonly chunks: Iterable<Chunk>;
}

/** Writes chunk after chunk; the last one brings the change that tells of all of them. */
async function write({ ledger, site, at }: { ledger: Ledger; site: string; at: Instant }, { book, grafting, chunks }: Work): Promise<void> {
  for (const chunk of chunks) {
    const pasts = await unhurried(pastsOf(chunk));
    const { changes } = await ledger.bring(async (roll) => {
      const grafted = await grafting.graft(roll, pasts);
      book.count(grafted);
      if (grafted.spans.length === 0 && !(chunk.isLast && book.isNews)) return null;
      return (chunk.isLast ? broughtLast : broughtBy)(grafted, book, { site, at });
    });
    book.told(changes[0]?.seq ?? null);
  }
}

interface Ground {
  readonly site: string;
  readonly at: Instant;
}

function broughtBy({ created, spans, sightings, touched, aged }: Counted, { subject }: Book, { site, at }: Ground): Brought {
  const scan = importScan(site, subject, { at, up: touched.length });
  return { created, spans, sightings, touched, scan, imported: { aged, looks: [], files: [] }, changes: [] };
}

function broughtLast(grafted: Counted, book: Book, ground: Ground): Brought {
  const brought = broughtBy(grafted, book, ground);
  return { ...brought, imported: { ...brought.imported, looks: book.looks(ground.site), files: book.files }, changes: [book.change()] };
}

type Counted = Awaited<ReturnType<Grafting['graft']>>;

/** What an import amounts to, as it goes. */
class Book {
  readonly #history: History;
  readonly #known: ReadonlySet<string>;
  readonly #devices = { new: 0, known: 0 };
  #sessions = 0;
  #spans = 0;
  #labels = 0;
  #seq: number | null = null;

  constructor(history: History, known: ReadonlySet<string>) {
    this.#history = history;
    this.#known = known;
  }

  count({ touched, matched, sessions, spans }: Counted): void {
    const fresh = touched.filter(({ before }) => before === null).length;
    this.#devices.new += fresh;
    this.#devices.known += matched - fresh;
    this.#sessions += sessions;
    for (const { open, past = [] } of spans) {
      this.#spans += open.length + past.length;
      this.#labels += open.filter(({ kind }) => kind === 'label').length;
    }
  }

  told(seq: number | null): void {
    this.#seq = seq ?? this.#seq;
  }

  get #fresh(): History['sources'] {
    const once = new Map(this.#history.sources.map((source) => [source.digest, source]));
    return [...once.values()].filter(({ digest, format }) => format !== null && !this.#known.has(digest));
  }

  /** Something was added, or a scan is new though it changed nothing. */
  get isNews(): boolean {
    return this.#spans > 0 || this.#fresh.some(({ format, rows }) => format === 'nmap' && rows > 0);
  }

  get subject(): string {
    const { sources } = this.#history;
    const [first] = sources;
    return sources.length === 1 && first ? first.name : `${sources.length} files`;
  }

  get files(): readonly Omit<ImportRecord, 'id' | 'site' | 'scan' | 'at'>[] {
    return this.#fresh.flatMap(({ name, format, digest, rows, firstAt, lastAt }) =>
      format === null ? [] : [{ name, format, digest, rows, firstAt, lastAt }],
    );
  }

  looks(site: string): readonly ReturnType<typeof lookScan>[] {
    return this.#history.looks.filter(({ digest }) => !this.#known.has(digest)).map(({ report }) => lookScan(site, report));
  }

  get #span(): readonly [Instant | null, Instant | null] {
    const used = this.#history.sources;
    const [first, last] = [used.flatMap(({ firstAt }) => firstAt ?? []), used.flatMap(({ lastAt }) => lastAt ?? [])];
    const edge = (times: readonly Instant[], pick: (a: Instant, b: Instant) => Instant): Instant | null =>
      times.length === 0 ? null : times.reduce((a, b) => pick(a, b));
    return [edge(first, Math.min), edge(last, Math.max)];
  }

  change(): ChangeDraft {
    const [firstAt, lastAt] = this.#span;
    const formats = [...new Set(this.#history.sources.flatMap(({ format }) => format ?? []))];
    const after: JsonObject = {
      subject: this.subject,
      formats,
      files: this.#history.sources.length,
      newDevices: this.#devices.new,
      knownDevices: this.#devices.known,
      sessions: this.#sessions,
      spans: this.#spans,
      labels: this.#labels,
      refused: this.#history.refused.count,
      firstAt: textOf(firstAt),
      lastAt: textOf(lastAt),
    };
    return { kind: 'history.imported', device: null, before: null, after };
  }

  result(at: Instant, dryRun: boolean): HistoryResult {
    const [firstAt, lastAt] = this.#span;
    const { sources, refused } = this.#history;
    return {
      dryRun,
      at,
      devices: { ...this.#devices },
      sessions: this.#sessions,
      spans: this.#spans,
      labels: this.#labels,
      firstAt,
      lastAt,
      sources: sources.map((source) => ({ ...source, before: this.#known.has(source.digest) })),
      refused,
      seq: this.#seq,
    };
  }
}

const textOf = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());
