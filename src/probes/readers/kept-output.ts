import { createZstdDecompress } from 'node:zlib';
import type { KeptOutput, ReportReader, ScriptSeen } from '../../core/index.ts';
import {
  answered,
  chosenScripts,
  createNmapReader,
  type NmapReader,
  observationOf,
  readCommandLine,
  scriptsOf,
  type XmlHost,
} from '../../nmap-xml/index.ts';
import { vendorOf } from '../vendors/vendors.ts';
import { documentsIn } from './documents.ts';
import { MOST_HOSTS } from './limits.ts';

type Order = Parameters<ReportReader['readKept']>[1];

/** Largest output read again, in bytes as nmap wrote it. */
const LARGEST = 512 * 1024 * 1024;

/** It cannot be read again: it is damaged, or too much. */
class Unusable extends Error {}

/** Reads what a scan kept of nmap's XML: a document for each of its processes. null when it is none of nmap's, or too large. */
export async function readKeptOutput(raw: Uint8Array, order: Order, largest = LARGEST): Promise<KeptOutput | null> {
  const draft = new KeptDraft(order);
  try {
    for await (const part of documentsIn(unpacked(raw, largest))) {
      if (part === 'document') draft.begin();
      else draft.write(part);
    }
  } catch (failure) {
    if (failure instanceof Unusable) return null;
    throw failure;
  }
  return draft.end();
}

async function* unpacked(raw: Uint8Array, largest: number): AsyncGenerator<Uint8Array, void, void> {
  const zstd = createZstdDecompress();
  zstd.end(raw);
  let size = 0;
  try {
    for await (const chunk of zstd as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > largest) throw new Unusable(`more than ${largest} bytes`);
      yield chunk;
    }
  } catch (failure) {
    throw new Unusable(String(failure));
  } finally {
    zstd.destroy();
  }
}

/** The hosts of documents read so far. */
class KeptDraft {
  readonly #order: Order;
  readonly #hosts: KeptOutput['hosts'][number][] = [];
  readonly #warnings = new Set<string>();
  readonly #scripts = new Set<string>();
  #begun = 0;
  #readable = 0;
  #reader: NmapReader | null = null;

  constructor(order: Order) {
    this.#order = order;
  }

  /** The documents that its processes wrote count; a report that was taken in may have more, which nobody asked for. */
  begin(): void {
    this.#close();
    if (this.#readable < this.#order.documents) this.#reader = this.#open();
    this.#begun++;
  }

  write(bytes: Uint8Array): void {
    if (this.#begun === 0) this.begin(); // XML may do without saying so
    this.#reader?.write(bytes);
  }

  end(): KeptOutput | null {
    this.#close();
    if (this.#readable === 0) return null;
    const choices = [...this.#scripts].sort().join(',');
    return {
      hosts: this.#hosts,
      scriptChoice:
        choices === ''
          ? chosenScripts(
              null,
              this.#hosts.some(({ scripts }) => scripts.length > 0),
            )
          : choices,
      warnings: [...this.#warnings],
    };
  }

  #open(): NmapReader {
    return createNmapReader(
      {
        onRun: ({ args }) => this.#addScripts(args === null ? null : readCommandLine(args).scripts),
        onHost: (host) => this.#addHost(host),
      },
      { lenient: true },
    );
  }

  #close(): void {
    const ending = this.#reader?.end();
    this.#reader = null;
    if (!ending || ending.ending === 'unreadable') return;
    this.#readable++;
    for (const warning of ending.warnings) this.#warnings.add(warning);
  }

  #addScripts(choice: string | null): void {
    for (const script of choice?.split(',') ?? []) this.#scripts.add(script);
  }

  #addHost(host: XmlHost): void {
    if (this.#hosts.length >= MOST_HOSTS) throw new Unusable(`more than ${MOST_HOSTS} hosts`);
    const seen = observationOf(host, this.#order.finishedAt);
    if (seen === null || !answered(seen)) return;
    const vendor = seen.vendor ?? (seen.mac === null ? null : vendorOf(seen.mac));
    const scripts: readonly ScriptSeen[] = scriptsOf(host);
    this.#hosts.push({ observation: { ...seen, vendor }, scripts });
  }
}
