import { NoCopy } from '../files/spool.ts';
import { Died } from './died.ts';
import { isSystemFault, systemWords } from './system-words.ts';

/**
 * What to throw when a file cannot be opened or read. Ndiff has one message for both, but names the file only where it
 * cannot be opened: `opening` is that file, as Python shows it. What is no fault of the system stays as it is.
 */
export function unreadable(thrown: unknown, opening?: string): Error {
  if (thrown instanceof NoCopy) return new Died(`${thrown.message}; make room, or name another folder with TMPDIR`, 'ours');
  if (!isSystemFault(thrown)) return thrown instanceof Error ? thrown : new Error(String(thrown));
  return new Died(`Can't open file: ${systemWords(thrown)}${opening === undefined ? '' : `: ${opening}`}`, 'as Ndiff');
}
