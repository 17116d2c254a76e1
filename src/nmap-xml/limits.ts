/** How much a document may ask of us. What goes beyond is refused, so memory stays flat whatever comes in. */
export interface Limits {
  /** Elements inside each other. */
  readonly depth: number;
  /** Attributes of one element. */
  readonly attributes: number;
  /** Bytes of one attribute's value as written. nmap's service fingerprints reach 300 KB. */
  readonly attributeBytes: number;
  /** Bytes of one tag, comment or stretch of text. */
  readonly unitBytes: number;
  /** Different names of elements and attributes; nmap has less than 200. */
  readonly names: number;
  /** Bytes of one name. */
  readonly nameBytes: number;
}

export const LIMITS: Limits = {
  depth: 128,
  attributes: 128,
  attributeBytes: 2 ** 20,
  unitBytes: 2 ** 21,
  names: 512,
  nameBytes: 256,
};

/** What one host may ask of us, on top of {@link Limits}. */
export interface HostLimits {
  /** Addresses, names, ports, scripts and the like of one host. */
  readonly hostItems: number;
  /** Characters of text kept of one host. */
  readonly hostText: number;
}

/**
 * Four protocols have 2^18 ports, so no scan of nmap's needs more. Scripts, their output and fingerprints may take
 * half; more of them is left out with a warning, as one host that answers everywhere must not cost us the others.
 */
export const HOST_LIMITS: HostLimits = { hostItems: 2 ** 18, hostText: 2 ** 24 };
