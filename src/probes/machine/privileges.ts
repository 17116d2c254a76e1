import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bit of CAP_NET_RAW (linux/capability.h). */
const NET_RAW = 1n << 13n;

/**
 * Whether a program started by this process may open raw sockets. Root hands its capabilities on unless the
 * bounding set lacks one (containers drop it there); anybody else hands on only ambient ones.
 */
export function readPrivileged(procfs: string, uid: number | undefined = process.geteuid?.()): boolean {
  let status: string;
  try {
    status = readFileSync(join(procfs, 'self/status'), 'utf8');
  } catch {
    // No procfs (macOS): being root is all there is.
    return uid === 0;
  }
  return capabilityPassesOn(status, uid === 0);
}

export function capabilityPassesOn(status: string, root: boolean): boolean {
  const holds = (set: string): boolean => {
    const hex = new RegExp(`^${set}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1];
    return hex !== undefined && (BigInt(`0x${hex}`) & NET_RAW) !== 0n;
  };
  return holds('CapEff') && holds(root ? 'CapBnd' : 'CapAmb');
}
