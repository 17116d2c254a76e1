/** What the C library says, which is what Python shows; Node words these its own way. By number of the fault on Linux. */
const WORDS: Readonly<Record<number, string>> = {
  1: 'Operation not permitted',
  2: 'No such file or directory',
  4: 'Interrupted system call',
  5: 'Input/output error',
  6: 'No such device or address',
  11: 'Resource temporarily unavailable',
  12: 'Cannot allocate memory',
  13: 'Permission denied',
  16: 'Device or resource busy',
  19: 'No such device',
  20: 'Not a directory',
  21: 'Is a directory',
  22: 'Invalid argument',
  23: 'Too many open files in system',
  24: 'Too many open files',
  26: 'Text file busy',
  27: 'File too large',
  28: 'No space left on device',
  30: 'Read-only file system',
  36: 'File name too long',
  40: 'Too many levels of symbolic links',
  75: 'Value too large for defined data type',
  107: 'Transport endpoint is not connected',
  110: 'Connection timed out',
  116: 'Stale file handle',
  121: 'Remote I/O error',
  122: 'Disk quota exceeded',
};

/** A fault of the system, as Node throws it. */
export interface SystemFault extends Error {
  readonly errno: number;
}

export const isSystemFault = (thrown: unknown): thrown is SystemFault =>
  thrown instanceof Error && 'errno' in thrown && typeof thrown.errno === 'number';

/** "[Errno 2] No such file or directory" */
export function systemWords({ errno, message }: SystemFault): string {
  const number = Math.abs(errno);
  return `[Errno ${number}] ${WORDS[number] ?? message}`;
}
