import { createNmapReader, type NmapReader } from './reader.ts';
import type { XmlHost } from './xml-host.ts';

/** Reads hosts again from their places in a document, leniently, one after the other and in any order. */
export interface HostReader {
  /**
   * The host whose element these bytes are; null when they are none. The pieces may all be one buffer, filled again.
   * `scanProtocol`: as it was when the document was read.
   */
  read(pieces: Iterable<Uint8Array>, scanProtocol: string | null): XmlHost | null;
}

const OPEN = Uint8Array.from('<nmaprun>', (character) => character.charCodeAt(0));

/** One document that never ends: each host is one more in it. */
export function createHostReader(): HostReader {
  const found: { readonly host: XmlHost; readonly length: number }[] = [];
  let reader: NmapReader | null = null;
  const start = (): NmapReader => {
    const fresh = createNmapReader({ onHost: (host, { length }) => found.push({ host, length }) }, { lenient: true });
    fresh.write(OPEN);
    return fresh;
  };
  return {
    read(pieces, scanProtocol) {
      found.length = 0;
      reader ??= start();
      let fed = 0;
      for (const piece of pieces) {
        reader.write(piece);
        fed += piece.length;
      }
      const [first] = found;
      if (first?.length === fed) return { ...first.host, scanProtocol };
      // They are something else, of which the document may still be in the middle.
      reader = null;
      return null;
    },
  };
}
