import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { createNmapReader, observationOf } from '../../src/nmap-xml/index.ts';
import { NAME } from '../../src/nmap-xml/name-characters.ts';
import { damage, damaged, heap, sound } from './documents.ts';
import { byteByByte, cutAt, type Heard, hearOurs, hearSaxes } from './events.ts';
import { bytesOf, situations } from './fixtures.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 1500);
/** nmap's own documents, damaged. */
const scans = damage(fc.constantFrom(...situations.map(bytesOf)));
const cuts = fc.array(fc.nat(4096), { maxLength: 6 });

// The DOCTYPEs these documents hold, sound.
const DOCTYPE =
  /<!DOCTYPE[ \t\r\n]+[:_a-zA-Z][-:.\w]*(?:[ \t\r\n]+(?:SYSTEM|PUBLIC[ \t\r\n]+'[-a-zA-Z0-9 ./:]*')[ \t\r\n]+"[^"]*")?[ \t\r\n]*>/g;

// Where a name may stand: what the fifth edition may take for one.
const NAME_OF_FIFTH =
  /(?<=[<&/?\s])[-.:\w\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c-\u200d\u203f-\u2040\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]+/gu;

/**
 * Where saxes is laxer than XML 1.0, or we refuse on purpose. Each is judged by the text alone, without asking our
 * tokenizer, so that nothing else can hide behind it; the tests of the tokenizer itself say what it does with these.
 */
const EXCEPTIONS: readonly { readonly why: string; readonly fits: (text: string) => boolean }[] = [
  {
    why: 'saxes lets anything stand in a DOCTYPE; we hold it to the grammar and refuse internal subsets (S4)',
    fits: (text) => text.replaceAll(DOCTYPE, '').includes('<!DOCTYPE'),
  },
  {
    why: 'saxes lets "?" follow the name of an instruction; by the grammar that is space or "?>"',
    fits: (text) => /<\?[^ \t\r\n?]+\?[^>]/.test(text),
  },
  {
    why: 'saxes knows the names of the fifth edition of XML 1.0; we know those of the fourth, as expat does',
    fits: (text) => (text.match(NAME_OF_FIFTH) ?? []).some((name) => /[^\0-\x7f]/.test(name) && !NAME.test(name)),
  },
  {
    why: 'saxes reads 1.1 by the rules of XML 1.1 and refuses versions that are no number; we read all of them as 1.0, as expat does',
    fits: (text) => /^\ufeff?<\?xml[^>]*version\s*=\s*["'](?!1\.0["'])/.test(text),
  },
];

function exceptionOf(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return EXCEPTIONS.find(({ fits }) => fits(text))?.why;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== null;
  } catch {
    return false;
  }
}

/** saxes tells of the end tag before it finds that it matches nothing. */
function upToRefusal(saxes: Heard, ours: Heard): Heard['events'] {
  const extra = saxes.events.length === ours.events.length + 1 && saxes.events.at(-1)?.[0] === 'end';
  return saxes.refusal !== null && extra ? saxes.events.slice(0, -1) : saxes.events;
}

function agree(bytes: Uint8Array, chunks: readonly Uint8Array[]): void {
  if (exceptionOf(bytes)) return;
  const ours = hearOurs(chunks);
  const saxes = hearSaxes(bytes);
  const verdicts = `ours: ${ours.refusal ?? 'accepted'}; saxes: ${saxes.refusal ?? 'accepted'}`;
  assert.equal(ours.refusal === null, saxes.refusal === null, verdicts);
  if (isUtf8(bytes)) assert.deepEqual(ours.events, upToRefusal(saxes, ours), verdicts);
}

describe('the tokenizer and saxes', () => {
  it('hear the same in every well-formed document, however it is cut', () => {
    fc.assert(
      fc.property(sound, cuts, (bytes, places) => {
        const ours = hearOurs(cutAt(bytes, places));
        assert.equal(ours.refusal, null);
        assert.deepEqual(ours.events, hearSaxes(bytes).events);
      }),
      { numRuns: RUNS },
    );
  });

  it('accept, refuse and hear the same in damaged documents, however they are cut', () => {
    fc.assert(
      fc.property(damaged, cuts, (bytes, places) => agree(bytes, cutAt(bytes, places))),
      { numRuns: RUNS * 2 },
    );
  });

  it('accept, refuse and hear the same in damaged scans', () => {
    fc.assert(
      fc.property(scans, cuts, (bytes, places) => agree(bytes, cutAt(bytes, places))),
      { numRuns: RUNS },
    );
  });

  it('accept, refuse and hear the same in heaps of pieces of XML', () => {
    fc.assert(
      fc.property(heap, cuts, (bytes, places) => agree(bytes, cutAt(bytes, places))),
      { numRuns: RUNS * 2 },
    );
  });
});

describe('the tokenizer alone', () => {
  it('says the same of a document whole, in pieces and byte by byte: same events, same fault at the same place', () => {
    fc.assert(
      fc.property(fc.oneof(sound, damaged, heap), cuts, fc.boolean(), (bytes, places, lenient) => {
        const whole = hearOurs([bytes], { lenient });
        assert.deepEqual(hearOurs(cutAt(bytes, places), { lenient }), whole);
        assert.deepEqual(hearOurs(byteByByte(bytes), { lenient }), whole);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps to small limits alike however the document is cut', () => {
    const limits = { unitBytes: 40, attributeBytes: 12, names: 4, nameBytes: 6, depth: 3, attributes: 2 };
    fc.assert(
      fc.property(sound, cuts, (bytes, places) => {
        // Where two limits meet in one tag, either may be named: only what was heard and whether it was refused must agree.
        const verdict = ({ events, refusal }: Heard) => ({ events, refused: refusal !== null });
        const whole = verdict(hearOurs([bytes], { limits }));
        assert.deepEqual(verdict(hearOurs(cutAt(bytes, places), { limits })), whole);
        assert.deepEqual(verdict(hearOurs(byteByByte(bytes), { limits })), whole);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the reader', () => {
  it('never throws, whatever becomes of a scan, and observes what is left of it', () => {
    fc.assert(
      fc.property(fc.oneof(scans, heap), cuts, fc.boolean(), (bytes, places, lenient) => {
        const addresses: string[] = [];
        const reader = createNmapReader({ onHost: (host) => addresses.push(observationOf(host, 1)?.address ?? '') }, { lenient });
        for (const chunk of cutAt(bytes, places)) reader.write(chunk);
        const { ending, fault } = reader.end();
        assert.equal(ending === 'complete', fault === null);
        assert.ok(addresses.every((address) => /^[0-9a-f.:]*$/.test(address)));
      }),
      { numRuns: RUNS },
    );
  });
});
