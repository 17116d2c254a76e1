import type { PortSet } from '../core/index.ts';
import type { XmlFault } from './fault.ts';
import type { XmlHost, XmlScript } from './xml-host.ts';

/** The attributes of <nmaprun>. null: not given. */
export interface NmapHeader {
  readonly scanner: string | null;
  readonly version: string | null;
  readonly args: string | null;
  /** Epoch seconds. */
  readonly start: number | null;
  readonly xmlOutputVersion: string | null;
}

/** What was asked of every host, one per protocol. */
export interface NmapScanInfo {
  /** "syn", "connect", "udp", ... */
  readonly type: string;
  /** "tcp", "udp", "sctp" or "ip". */
  readonly protocol: string;
  readonly services: PortSet;
}

export interface NmapProgress {
  readonly task: string;
  /** 0 to 100. */
  readonly percent: number;
  /** Seconds. */
  readonly remaining: number | null;
  /** Epoch seconds. */
  readonly etc: number | null;
}

/** The end of the scan in nmap's own words, which are no proof of anything (it calls a pulled cable "success"). */
export interface NmapFinished {
  /** Epoch seconds. */
  readonly time: number | null;
  /** "success" or "error"; null in old files. */
  readonly exit: string | null;
  readonly errorMessage: string | null;
  readonly up: number | null;
  readonly down: number | null;
  readonly total: number | null;
}

/** Where the element of a host lies in the document, so that it can be read again. */
export interface HostPlace {
  /** Bytes before it. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
}

/** Told of everything in the order of the document. A host comes only when it was read to its end. */
export interface NmapHandler {
  onRun?(header: NmapHeader): void;
  onScanInfo?(scan: NmapScanInfo): void;
  onProgress?(progress: NmapProgress): void;
  onHost?(host: XmlHost, place: HostPlace): void;
  /** Scripts that ran before or after all hosts. */
  onScripts?(when: 'pre' | 'post', scripts: readonly XmlScript[]): void;
  onFinished?(finished: NmapFinished): void;
}

/** How the document ended. */
export interface NmapEnding {
  /**
   * complete: well-formed and closed. partial: the header was read, then it was cut off or broken; every host before
   * that was handed over. unreadable: not nmap XML at all.
   */
  readonly ending: 'complete' | 'partial' | 'unreadable';
  /** Whether the scan's element was closed: then what is wrong, if anything, comes after the scan. */
  readonly closed: boolean;
  /** null when complete. */
  readonly fault: XmlFault | null;
  /** What was left out, replaced or ignored, each a sentence. */
  readonly warnings: readonly string[];
  /** null when the document does not say: then the scan did not finish, whatever else is there. */
  readonly finished: NmapFinished | null;
}
