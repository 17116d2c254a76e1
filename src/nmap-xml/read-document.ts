import type { NmapEnding, NmapFinished, NmapHeader, NmapScanInfo } from './nmap-run.ts';
import { createNmapReader, type NmapReaderOptions } from './reader.ts';
import type { XmlHost, XmlScript } from './xml-host.ts';

/** A whole document in memory: for files that are known to be small. */
export interface NmapDocument extends NmapEnding {
  readonly header: NmapHeader | null;
  readonly scanInfo: readonly NmapScanInfo[];
  readonly hosts: readonly XmlHost[];
  readonly preScripts: readonly XmlScript[];
  readonly postScripts: readonly XmlScript[];
  readonly finished: NmapFinished | null;
}

/** Reads a document at once. What was whole before a fault is there; `ending` says whether there was one. */
export function readNmapBytes(bytes: Uint8Array, options: NmapReaderOptions = {}): NmapDocument {
  let header: NmapHeader | null = null;
  const scanInfo: NmapScanInfo[] = [];
  const hosts: XmlHost[] = [];
  const scripts: Record<'pre' | 'post', XmlScript[]> = { pre: [], post: [] };
  const reader = createNmapReader(
    {
      onRun: (read) => {
        header = read;
      },
      onScanInfo: (scan) => scanInfo.push(scan),
      onHost: (host) => hosts.push(host),
      onScripts: (when, found) => scripts[when].push(...found),
    },
    options,
  );
  reader.write(bytes);
  return { ...reader.end(), header, scanInfo, hosts, preScripts: scripts.pre, postScripts: scripts.post };
}
