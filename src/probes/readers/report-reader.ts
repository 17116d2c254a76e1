import { setImmediate as othersTurn } from 'node:timers/promises';
import { Fault, type ReportReader } from '../../core/index.ts';
import { packingOf } from '../../nmap-xml/index.ts';
import { createRawOutput } from '../raw-output.ts';
import { createArpScanReport } from './arp-scan-text.ts';
import { type ReadOptions, reportOf } from './foreign-scan.ts';
import type { FormatReader } from './format-reader.ts';
import { readKeptOutput } from './kept-output.ts';
import { createNmapTextReport } from './nmap-text.ts';
import { createXmlReport } from './nmap-xml-report.ts';

/** So much is looked at to tell the format: shell prompts and warnings may come before a scan. */
const HEAD = 64 * 1024;

/** Bytes read in one go: a few milliseconds' worth. */
const PIECE = 128 * 1024;

/** An upload may come whole: it is read in pieces, between which others get their turn. */
async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length; start += PIECE) {
      yield chunk.subarray(start, start + PIECE);
      await othersTurn();
    }
  }
}

/** Reads nmap XML, nmap normal text and arp-scan text, and tells by itself which it is. */
export function createReportReader(): ReportReader {
  return {
    async read(bytes, options) {
      const raw = createRawOutput();
      const reader = createDetector();
      try {
        for await (const chunk of inPieces(bytes)) {
          raw.write(chunk);
          reader.write(chunk);
        }
      } catch (reason) {
        await raw.finish();
        throw reason;
      }
      const kept = await raw.finish();
      return reportOf(reader.end(), options satisfies ReadOptions, kept);
    },
    readKept: (raw, scan) => readKeptOutput(raw, scan),
  };
}

/** Collects the head, chooses the format, then passes everything on. */
function createDetector(): FormatReader {
  let head: Uint8Array = new Uint8Array();
  let format: FormatReader | undefined;
  const settle = (): FormatReader => {
    format = chooseFormat(head);
    return format;
  };
  return {
    write(chunk) {
      if (format !== undefined) return format.write(chunk);
      head = Buffer.concat([head, chunk]);
      if (head.length >= HEAD) settle();
    },
    end: () => (format ?? settle()).end(),
  };
}

const XML = /^(?:\u00ef\u00bb\u00bf)?[ \t]*<(?:\?xml|!DOCTYPE|!--|[a-z])/im;
const NMAP_TEXT = /^\s*(?:# ?Nmap \d|Starting Nmap|Nmap scan report for|Nmap done)/m;
const ARP_SCAN = /^\s*(?:Interface: \S+,|Starting arp-scan|Ending arp-scan|\d+\.\d+\.\d+\.\d+\t[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?:\s|$))/im;

/** The format whose mark comes first: banners inside a text may look like XML. */
function chooseFormat(head: Uint8Array): FormatReader {
  // Latin-1 keeps one character per byte, so that a position in the text is one in the bytes.
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1').replaceAll('\r', '\n');
  const [xml, nmap, arp] = [XML, NMAP_TEXT, ARP_SCAN].map((mark) => mark.exec(text)?.index ?? Number.POSITIVE_INFINITY) as [
    number,
    number,
    number,
  ];
  const first = Math.min(xml, nmap, arp);
  if (first === Number.POSITIVE_INFINITY) throw unknownFormat(head, text);
  if (first === xml) return started(createXmlReport(), head.subarray(xml));
  return started(first === nmap ? createNmapTextReport() : createArpScanReport(), head);
}

function started(reader: FormatReader, head: Uint8Array): FormatReader {
  reader.write(head);
  return reader;
}

const ACCEPTED = 'pass what nmap -oX, nmap (normal text, -oN) or arp-scan prints';

function unknownFormat(head: Uint8Array, text: string): Fault {
  const line = text.trim().split('\n')[0] as string;
  if (line === '') return new Fault('bad-input', 'reading report: it is empty', ACCEPTED);
  const packed = packingOf(head);
  if (packed !== null)
    return new Fault('bad-input', `reading report: it is ${packed.what}`, `unpack it on the way: ${packed.unpack} | rollcall ingest`);
  // ASCII only: the head was not decoded, and a terminal must not obey what it shows.
  const shown = JSON.stringify(line.slice(0, 80)).replaceAll(/[^\x20-\x7e]/g, '?');
  return new Fault('bad-input', `reading report: no known format begins with ${shown}`, ACCEPTED);
}
