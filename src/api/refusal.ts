import { ORPCError, ValidationError } from '@orpc/contract';
import { faults } from '../contract/index.ts';
import { Fault } from '../core/index.ts';

type Issue = ValidationError['issues'][number];

/** A fault of core, or an input the contract does not accept, as the typed refusal of the contract; anything else as it is. */
export function refusalOf(failure: unknown): unknown {
  if (failure instanceof Fault) return refusal(failure);
  if (failure instanceof ORPCError && failure.cause instanceof ValidationError && failure.code === 'BAD_REQUEST')
    return refusal(inputFault(failure.cause));
  return failure;
}

function refusal(fault: Fault): ORPCError<string, { remedy: string | null }> {
  return new ORPCError(fault.code, {
    status: faults[fault.code].status,
    message: fault.message,
    data: { remedy: fault.remedy ?? null },
    cause: fault,
  });
}

/** One sentence about the first thing wrong with an input. */
function inputFault({ issues, data }: ValidationError): Fault {
  const issue = issues[0];
  if (!issue) return new Fault('bad-input', 'reading the request: it is not what this operation takes');
  const path = pathOf(issue);
  const subject = path.length === 0 ? 'the request' : path.join('.');
  const value = path.some((key) => SECRETIVE.has(key)) ? '' : shown(path.reduce(inside, data));
  return new Fault('bad-input', `reading ${subject}${value}: ${decapitalized(issue.message)}`, remedyOf(issue));
}

/** Whatever stands in here may be a secret, and is never said back. */
const SECRETIVE: ReadonlySet<string> = new Set(['options', 'password', 'old', 'secret']);

/** What to do about it, for those who type as for those who program. */
function remedyOf(issue: Issue): string {
  const { code, values, minimum, maximum, origin } = issue as Issue & Limits;
  const things = THINGS[origin ?? ''] ?? '';
  if (code === 'too_big' && typeof maximum === 'number') return `give ${maximum}${things} at most`;
  if (code === 'too_small' && minimum === 1 && things !== '') return 'do not leave it empty';
  if (code === 'too_small' && typeof minimum === 'number') return `give ${minimum}${things} at least`;
  if (code === 'invalid_value' && values && values.length <= MOST_VALUES) return `write ${values.join(', ')}`;
  return 'look at "--help" of the command; /api/v1/openapi.json has what is accepted over HTTP';
}

/** What is counted where it is no number itself. */
const THINGS: Readonly<Record<string, string>> = { string: ' characters', array: ' of them' };

/** Values named in a remedy. */
const MOST_VALUES = 40;

/** What zod tells of an issue beside its message. */
interface Limits {
  readonly code?: string;
  readonly values?: readonly unknown[];
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly origin?: string;
}

function pathOf(issue: Issue): string[] {
  return (issue.path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment));
}

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** A scalar, short enough to be read, or how many a list has; nothing for the rest. */
function shown(value: unknown): string {
  if (typeof value === 'string') return ` ${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}...` : value)}`;
  if (Array.isArray(value) && value.length > 0) return ` of ${value.length}`;
  return typeof value === 'number' || typeof value === 'boolean' ? ` ${value}` : '';
}

const decapitalized = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
