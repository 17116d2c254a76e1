import { Fault, type FaultCode } from '../../core/index.ts';

/** What PostgreSQL or the way to it threw, as a Fault that names the database; anything else as it is. */
export function postgresFault(thrown: unknown, where: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const known = KNOWN[code] ?? KNOWN[code.slice(0, 2)] ?? (isCutOff(thrown) ? unreachable : undefined);
  if (!known) return thrown;
  const fault = new Fault(known[0], `using store ${where}: ${known[1]} (${(thrown as Error).message})`, known[2]);
  fault.cause = thrown;
  return fault;
}

/** The driver gives its own findings no code. */
const isCutOff = (thrown: unknown): boolean =>
  thrown instanceof Error && /^(Connection terminated|timeout exceeded|Client has encountered|Client was closed)/.test(thrown.message);

const unreachable = ['unavailable', 'the database does not answer', 'check that PostgreSQL runs and can be reached from here'] as const;
const locked = ['conflict', 'another process keeps it locked', 'wait for it to finish, or stop it'] as const;
const denied = ['unavailable', 'the database lets us not in', 'check user, password and rights in the store URL'] as const;

const KNOWN: Readonly<Record<string, readonly [code: FaultCode, reason: string, remedy: string]>> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENOENT: unreachable,
  '08': unreachable, // connection exceptions
  '57': unreachable, // shut down by an operator
  '28': denied, // invalid authorization
  '42501': denied, // insufficient privilege
  '3D000': ['unavailable', 'there is no such database', 'create it, or correct the store URL'],
  '53': ['unavailable', 'the server is out of room', 'free disk, memory or connections on the server'],
  '25006': ['unavailable', 'it may only be read', 'name the primary server in the store URL'],
  '55P03': locked,
  '40': locked, // deadlock, serialization
  '22021': ['bad-input', 'a text holds a character PostgreSQL cannot keep', 'leave out NUL characters'],
};
