/**
 * nmap-xml: bytes of nmap XML in, hosts out: strict, streaming, bomb-proof.
 * Never: files, processes, npm packages, DTDs, or a host that was not read to its end.
 */
export type { Attributes } from './attributes.ts';
export type { XmlHandler } from './document.ts';
export type { XmlFault } from './fault.ts';
export { HOST_LIMITS, type HostLimits, LIMITS, type Limits } from './limits.ts';
export { Tokenizer, type TokenizerOptions } from './tokenizer.ts';
