/**
 * ndiff: compare two scans as Ndiff does, and say it in Ndiff's own text and XML, byte for byte.
 * Never: files, the clock, what we ourselves believe of a network (that is diff).
 */

export { compareText } from './code-points.ts';
export { Collapse } from './collapse.ts';
export { compareHosts } from './compare-hosts.ts';
export type { HostDiff, PortDiff, ScriptDiff } from './differences.ts';
export { hostName } from './host-name.ts';
export { idOf } from './identity.ts';
export { isDate } from './is-date.ts';
export { type CivilTime, type LocalTime, localTime, type OffsetAt } from './local-time.ts';
export { matchingOpcodes, type Opcode } from './matcher.ts';
export { type HostPair, NoOrder, pairsOf } from './pairs.ts';
export type { NdiffPrinter, PrinterOptions } from './printer.ts';
export { pythonRepr } from './python-repr.ts';
export { type HostTable, sameDigest } from './reading/host-table.ts';
export { HostReader } from './reading/read-host.ts';
export { type Survey, type SurveyOptions, Surveyor } from './reading/survey.ts';
export * from './scan.ts';
export { textPrinter } from './text/text-printer.ts';
export { xmlPrinter } from './xml/xml-printer.ts';
export { findZone, type ZoneSources } from './zone/find-zone.ts';
