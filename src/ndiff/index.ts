/**
 * ndiff: compare two scans as Ndiff does, and say it in Ndiff's own text and XML, byte for byte.
 * Never: files, the clock, what we ourselves believe of a network (that is diff).
 */
export * from './scan.ts';
