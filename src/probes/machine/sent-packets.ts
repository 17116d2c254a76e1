import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Packets that each interface has sent since it is there, whoever sent them; null where this system does not say. */
export async function readSentPackets(procfs = '/proc'): Promise<ReadonlyMap<string, number> | null> {
  const text = await readFile(join(procfs, 'self/net/dev'), 'utf8').catch(() => null);
  return text === null ? null : sentPacketsIn(text);
}

/** Of each interface the second of the eight numbers that are about sending. */
export function sentPacketsIn(text: string): ReadonlyMap<string, number> {
  const sent = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [name, numbers] = line.split(':');
    const packets = Number(numbers?.trim().split(/\s+/)[9]);
    if (name !== undefined && Number.isSafeInteger(packets)) sent.set(name.trim(), packets);
  }
  return sent;
}
