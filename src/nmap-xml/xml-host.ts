import type { PortSet } from '../core/index.ts';

// What nmap writes about one host, as it writes it: nothing cleaned, nothing guessed. null: the attribute is not there,
// which is not the same as empty. Lists are in the order of the document, repeats included.

export interface XmlAddress {
  readonly addr: string;
  /** "ipv4", "ipv6" or "mac"; null (the DTD's "ipv4") when not given. */
  readonly type: string | null;
  readonly vendor: string | null;
}

export interface XmlHostname {
  readonly name: string;
  /** "PTR", or "user" for a name given on the command line. */
  readonly type: string | null;
}

export interface XmlReason {
  readonly reason: string | null;
  readonly count: number;
  /** From nmap 7.92 on. */
  readonly protocol: string | null;
  /** Which ones exactly, from nmap 7.92 on. */
  readonly ports: PortSet | null;
}

/** "Not shown: 995 closed ports". */
export interface XmlExtraPorts {
  readonly state: string | null;
  readonly count: number;
  readonly reasons: readonly XmlReason[];
}

/** One value that a script writes beside its text. */
export interface XmlElem {
  /** Keys of the tables around it and its own, outermost first, parted by dots: "subject.commonName", ".type" in a table without one. */
  readonly path: string;
  readonly text: string;
}

export interface XmlScript {
  readonly id: string;
  readonly output: string;
  /** Of scripts that tell who a service is; left out where there are none. */
  readonly elems?: readonly XmlElem[];
}

export interface XmlService {
  readonly name: string | null;
  readonly product: string | null;
  readonly version: string | null;
  readonly extrainfo: string | null;
  readonly hostname: string | null;
  readonly ostype: string | null;
  readonly devicetype: string | null;
  readonly tunnel: string | null;
  /** "probed" or "table". */
  readonly method: string | null;
  /** 0 to 10. */
  readonly conf: number | null;
  readonly servicefp: string | null;
  readonly cpe: readonly string[];
}

export interface XmlPort {
  readonly protocol: string;
  readonly portid: number;
  /** null when the port has no state element. */
  readonly state: string | null;
  readonly reason: string | null;
  readonly service: XmlService | null;
  readonly scripts: readonly XmlScript[];
}

export interface XmlOsMatch {
  readonly name: string;
  /** Percent. */
  readonly accuracy: number | null;
}

/** One host of a scan, read to its end. */
export interface XmlHost {
  /** "up", "down", "unknown", "skipped"; null when nothing is said. */
  readonly state: string | null;
  readonly reason: string | null;
  readonly addresses: readonly XmlAddress[];
  readonly hostnames: readonly XmlHostname[];
  readonly extraports: readonly XmlExtraPorts[];
  readonly ports: readonly XmlPort[];
  readonly scripts: readonly XmlScript[];
  readonly osMatches: readonly XmlOsMatch[];
  /** nmap gave up on it: what it says about ports is not all. */
  readonly timedOut: boolean;
  /** Epoch seconds. */
  readonly startTime: number | null;
  readonly endTime: number | null;
  /** The protocol of the whole scan when it asked only one: before 7.92 nothing else says what `extraports` are ports of. */
  readonly scanProtocol: string | null;
}
