import { readdirSync, readFileSync } from 'node:fs';
import { type NmapDocument, type NmapReaderOptions, readNmapBytes } from '../../src/nmap-xml/index.ts';

const FOLDER = new URL('./fixtures/', import.meta.url);

/** Names of all situations there are files of. */
export const situations = readdirSync(FOLDER).map((file) => file.replace(/\.xml$/, ''));

export const bytesOf = (situation: string): Uint8Array => readFileSync(new URL(`${situation}.xml`, FOLDER));

export const read = (situation: string, options: NmapReaderOptions = {}): NmapDocument => readNmapBytes(bytesOf(situation), options);
