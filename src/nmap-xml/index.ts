/**
 * nmap-xml: bytes of nmap XML in, hosts out: strict, streaming, bomb-proof.
 * And, for this and any other foreign report: what such a scan proves.
 * Never: files, processes, npm packages, DTDs, or a host that was not read to its end.
 */
export type { Attributes } from './attributes.ts';
export { ClaimsDraft, placeText } from './claims.ts';
export { type CommandLine, chosenScripts, readCommandLine } from './command-line.ts';
export type { XmlHandler } from './document.ts';
export { Answers, answered, rangesOf, timeoutText } from './evidence.ts';
export type { XmlFault } from './fault.ts';
export { createHostReader, type HostReader } from './host-reader.ts';
export { coverageOfSeen, judgeScan, type ScanClaims, type ScanJudgement } from './judge-scan.ts';
export { HOST_LIMITS, type HostLimits, LIMITS, type Limits } from './limits.ts';
export type * from './nmap-run.ts';
export { observationOf } from './observation.ts';
export { type Packing, packingOf } from './packing.ts';
export { type NmapDocument, readNmapBytes } from './read-document.ts';
export { createNmapReader, type NmapReader, type NmapReaderOptions } from './reader.ts';
export { Repeats, type RepeatsOptions } from './repeats.ts';
export { scriptsOf } from './scripts-seen.ts';
export { Tokenizer, type TokenizerOptions } from './tokenizer.ts';
export type * from './xml-host.ts';
