/** What went wrong in a way the user can mend. Text: lower case, action first, the bad value, the remedy. */
export type FaultCode =
  | 'bad-input' // a value the user gave is unusable
  | 'not-found' // no device, scan or target by that name
  | 'refused' // understood, but not allowed (scope, lease, privilege)
  | 'unavailable' // a tool, port, disk or daemon is missing
  | 'conflict'; // somebody else holds it

/** The one kind of exception that is shown as a message instead of a stack. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly remedy: string | undefined;

  constructor(code: FaultCode, message: string, remedy?: string) {
    super(message);
    this.name = 'Fault';
    this.code = code;
    this.remedy = remedy;
  }
}

/** A row of the store that cannot be read: unlike what else is unavailable it does not mend itself while one waits. */
export class Damaged extends Fault {
  constructor(what: string) {
    super('unavailable', `reading ${what} of the store: it is damaged`, 'put back a copy with "rollcall restore"');
  }
}

/** Whether no waiting mends it: what breaks on what it reads breaks on it again. A database or disk that failed may answer the next time. */
export const isLasting = (fault: unknown): boolean =>
  fault instanceof Damaged || LASTING.some((kind) => fault instanceof kind) || UNPACKING.test(codeOf(fault));

const LASTING = [SyntaxError, TypeError, RangeError, ReferenceError];
const UNPACKING = /^(?:Z_|ZSTD_)/;

const codeOf = (fault: unknown): string => (fault instanceof Error && 'code' in fault ? String(fault.code) : '');

/** A value, or the reason there is none. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string; readonly remedy: string };

export const good = <T>(value: T): Result<T> => ({ ok: true, value });
export const bad = (reason: string, remedy: string): Result<never> => ({ ok: false, reason, remedy });

/** The value of a result, or a bad-input fault with its reason. */
export function orFault<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Fault('bad-input', result.reason, result.remedy);
}
