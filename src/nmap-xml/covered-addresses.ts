import { type AddressRange, blockRange, type Coverage, countAddresses, mergeRanges } from '../core/index.ts';

/** Which addresses a foreign report proves anything about, and how we know. */
export interface Covered {
  readonly addresses: readonly AddressRange[];
  readonly basis: Coverage['basis'];
  /** Why it is not more; null when there is nothing to say. */
  readonly doubt: string | null;
}

export interface CoverageClues {
  readonly targets: readonly AddressRange[] | null;
  readonly commanded: boolean;
  readonly covers: readonly AddressRange[] | null;
  readonly asked: number | null;
  readonly listOnly: boolean;
  /** It was interrupted and resumed: its counts are those of the last part. */
  readonly resumed: boolean;
  /** Addresses it says something of, up or down. Merged. */
  readonly seen: readonly AddressRange[];
}

/** By its own command line, else by the user's word, else (of a scan without a command line) by its count; else only the hosts it saw. */
export function coveredAddresses({ targets, commanded, covers, asked, listOnly, resumed, seen }: CoverageClues): Covered {
  const only = (doubt: string | null): Covered => ({ addresses: seen, basis: 'asked', doubt });
  if (listOnly) return only('it only lists addresses and asked none of them, so nobody can be missing');
  if (targets !== null && fits(targets, asked)) return { addresses: mergeRanges(targets), basis: 'asked', doubt: null };
  if (covers !== null && fits(covers, asked)) return { addresses: mergeRanges(covers), basis: 'asked', doubt: null };
  if (resumed) return only('it was resumed and counts only its last part, so nobody can be missing');
  const named = covers ?? targets;
  if (named !== null) return only(otherCount(named, asked));
  const block = commanded ? null : blockAround(seen, asked);
  if (block !== null) return { addresses: [block], basis: 'inferred', doubt: null };
  return only('it does not say which addresses it asked, so nobody can be missing; name them to change that');
}

/** A count that differs means exclusions, or targets it could not use. */
function fits(targets: readonly AddressRange[], asked: number | null): boolean {
  return asked === null || countAddresses(mergeRanges(targets)) === BigInt(asked);
}

function otherCount(named: readonly AddressRange[], asked: number | null): string {
  const count = asked === 1 ? '1 address' : `${asked} addresses`;
  return `it asked ${count}, not the ${countAddresses(mergeRanges(named))} named, so nobody can be missing`;
}

/** Larger blocks are not inferred: half of a /15 would be a bold guess. Nor smaller ones: people name so few hosts one by one. */
const LARGEST = 65_536;
const SMALLEST = 16;

/** The one aligned IPv4 block of `asked` addresses that holds every host seen; null when there is none. */
function blockAround(seen: readonly AddressRange[], asked: number | null): AddressRange | null {
  if (asked === null) return null;
  const bits = Math.log2(asked);
  const first = seen[0];
  if (!Number.isInteger(bits) || asked < SMALLEST || asked > LARGEST || first === undefined || first.family !== 4) return null;
  const block = blockRange({ family: 4, value: first.first }, 32 - bits);
  return seen.every((range) => range.family === 4 && range.first >= block.first && range.last <= block.last) ? block : null;
}
