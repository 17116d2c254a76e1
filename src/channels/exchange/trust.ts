import { getCACertificates } from 'node:tls';

/** The certificates of the system and these. */
export const trusting = (ca: string): string[] => [...getCACertificates('default'), ca];
