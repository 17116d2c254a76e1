import { Fault, type FaultCode } from '../core/index.ts';

/** Several faults at once, as a config file has them. */
export class Faults extends Error {
  readonly faults: readonly [Fault, ...Fault[]];

  constructor(faults: readonly [Fault, ...Fault[]]) {
    super(faults.map(({ message }) => message).join('\n'));
    this.name = 'Faults';
    this.faults = faults;
  }
}

const CODES: ReadonlySet<string> = new Set<FaultCode>(['bad-input', 'not-found', 'refused', 'unavailable', 'conflict']);

/** What the user can mend in whatever was thrown; undefined when it is a bug. */
export function faultsOf(thrown: unknown): readonly [Fault, ...Fault[]] | undefined {
  if (thrown instanceof Fault) return [thrown];
  if (thrown instanceof Faults) return thrown.faults;
  const fault = isRefusal(thrown) ? faultOfRefusal(thrown) : faultOfSystem(thrown);
  return fault && [fault];
}

/** A refusal of the contract, as it arrives at a client. */
interface Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly data: unknown;
}

const isRefusal = (thrown: unknown): thrown is Refusal =>
  thrown instanceof Error && 'code' in thrown && 'status' in thrown && 'data' in thrown;

function faultOfRefusal({ code, message, status, data }: Refusal): Fault {
  const remedy = (data as { remedy?: unknown } | null | undefined)?.remedy;
  if (typeof remedy === 'string') return faultFrom({ code, message, remedy });
  if (CODES.has(code)) return faultFrom({ code, message });
  return new Fault('unavailable', `asking the daemon: it answered ${status} (${message})`, 'look at the end of its log');
}

/** A fault as it came over the wire; codes this program does not know mean that it cannot be had now. */
export function faultFrom({ code, message, remedy }: { readonly code: string; readonly message: string; readonly remedy?: string }): Fault {
  return new Fault(CODES.has(code) ? (code as FaultCode) : 'unavailable', message, remedy);
}

/** Files that are missing, forbidden, or have no room: messages of the system, without its stack. */
function faultOfSystem(thrown: unknown): Fault | undefined {
  const { code, path, syscall } = (thrown ?? {}) as { code?: unknown; path?: unknown; syscall?: unknown };
  if (typeof code !== 'string' || typeof path !== 'string' || typeof syscall !== 'string') return undefined;
  const known = SYSTEM[code];
  return known && new Fault(known.code, `${syscall} ${path}: ${known.words}`, known.remedy);
}

const SYSTEM: Readonly<Record<string, { code: FaultCode; words: string; remedy: string }>> = {
  ENOENT: { code: 'not-found', words: 'there is no such file', remedy: 'check the path' },
  EEXIST: { code: 'bad-input', words: 'a file is in the way', remedy: 'move it away, or choose another place' },
  ENOTDIR: { code: 'bad-input', words: 'part of the path is not a folder', remedy: 'check the path' },
  EISDIR: { code: 'bad-input', words: 'it is a folder', remedy: 'name a file' },
  EACCES: { code: 'refused', words: 'permission denied', remedy: 'use an account that may, or another --data' },
  EPERM: { code: 'refused', words: 'not permitted', remedy: 'use an account that may, or another --data' },
  EROFS: { code: 'unavailable', words: 'the disk is read-only', remedy: 'choose another place with --data' },
  ENOSPC: { code: 'unavailable', words: 'the disk is full', remedy: 'make room, or choose another place with --data' },
};
