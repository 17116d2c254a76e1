// A scan as Ndiff takes it from the XML: only what it compares. null: the attribute is not there, which is not the same as empty.

export interface NdiffAddress {
  readonly type: 'ipv4' | 'ipv6' | 'mac';
  readonly text: string;
}

export interface NdiffScript {
  readonly id: string;
  readonly output: string;
}

export interface NdiffService {
  readonly name: string | null;
  readonly product: string | null;
  readonly version: string | null;
  readonly extrainfo: string | null;
  readonly tunnel: string | null;
}

export interface NdiffPort {
  /** A bigint only when it is too large for a number: Ndiff takes any integer. */
  readonly number: number | bigint;
  readonly protocol: string;
  /** null for a port that a side does not have. */
  readonly state: string | null;
  readonly service: NdiffService;
  /** Sorted by id, then output. */
  readonly scripts: readonly NdiffScript[];
}

export interface NdiffHost {
  readonly state: string | null;
  /** In the order of the document, each once. */
  readonly addresses: readonly NdiffAddress[];
  readonly hostnames: readonly string[];
  /** State to count, in the order of the document; a repeated state keeps its first place and its last count. */
  readonly extraports: ReadonlyMap<string | null, number | bigint>;
  /** By "number/protocol". */
  readonly ports: ReadonlyMap<string, NdiffPort>;
  /** Names of operating systems in the order of the document, repeats kept. */
  readonly os: readonly string[];
  /** Sorted by id, then output. */
  readonly scripts: readonly NdiffScript[];
}

/** Everything of a scan but its hosts. */
export interface NdiffHeader {
  readonly scanner: string | null;
  readonly version: string | null;
  readonly args: string | null;
  /** Epoch seconds. */
  readonly start: number | null;
  readonly end: number | null;
  /** In the order of the document. */
  readonly preScripts: readonly NdiffScript[];
  readonly postScripts: readonly NdiffScript[];
}

export const EMPTY_HOST: NdiffHost = {
  state: null,
  addresses: [],
  hostnames: [],
  extraports: new Map(),
  ports: new Map(),
  os: [],
  scripts: [],
};
