import { bad, good, type Result } from './fault.ts';

/** A version in pieces that can be compared: numbers as they count, words as they sort. */
type Piece = number | string;

/** Words that come before the version they stand behind: 2.0rc1 is older than 2.0. Any other word comes after it: 9.2p1, 1.0.2k. */
const EARLY: ReadonlySet<string> = new Set(['alpha', 'beta', 'pre', 'preview', 'rc', 'dev', 'snapshot']);
const MOST_PIECES = 16;
/**
 * What a shell of a version looks like: digits first, then letters and digits between dots, dashes, plus signs or underscores.
 * It can be read in one way only: versions come from the network, and a choice at each digit would take for ever.
 */
const SHAPE = /^v?\d[a-z\d]*(?:[._+~-][a-z\d]+)*$/;
/** Longer numbers are not told apart any more, longer words are none. */
const LONG = /\d{16}|[a-z]{17}/;

/**
 * The first word of a version text in pieces; undefined where it says no single version: "unknown", "3.X - 4.X", "2.4.x",
 * "4.1.2 or later". What a distribution adds behind a blank ("9.2p1 Debian 2+deb12u2") is left out.
 */
function piecesOf(text: string): readonly Piece[] | undefined {
  const [first = '', ...rest] = text.trim().toLowerCase().split(/\s+/);
  if (
    !SHAPE.test(first) ||
    LONG.test(first) ||
    /(?:^|[.\d-])x(?:$|[.-])/.test(first) ||
    ['-', 'or', 'to', '<', '>', '<=', '>='].includes(rest[0] ?? '')
  )
    return undefined;
  // 2.0b1 is a beta, 1.0.2b is not.
  const spelled = first
    .replace(/^v/, '')
    .replace(/(?<=\d)a(?=\d)/g, 'alpha')
    .replace(/(?<=\d)b(?=\d)/g, 'beta');
  const pieces = spelled.match(/\d+|[a-z]+/g) ?? [];
  return pieces.length > MOST_PIECES ? undefined : pieces.map((piece) => (/^\d/.test(piece) ? Number(piece) : piece));
}

/** -1, 0 or 1; undefined where one of them cannot be compared. Zeros at the end say nothing: 9.2 and 9.2.0 are one. */
export function compareVersions(a: string, b: string): -1 | 0 | 1 | undefined {
  const [left, right] = [piecesOf(a), piecesOf(b)];
  if (!left || !right) return undefined;
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = comparePieces(left[at], right[at]);
    if (order !== 0) return order < 0 ? -1 : 1;
  }
  return 0;
}

/** An early word is less than nothing, nothing is zero, another word is more than nothing and less than a number that goes on. */
const rankOf = (piece: Piece | undefined): number => {
  if (piece === undefined || piece === 0) return 0;
  if (typeof piece === 'number') return 2;
  return EARLY.has(piece) ? -1 : 1;
};

function comparePieces(a: Piece | undefined, b: Piece | undefined): number {
  const [left, right] = [rankOf(a), rankOf(b)];
  if (left !== right) return left - right;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string' || a === b) return 0;
  return a < b ? -1 : 1;
}

type Comparator = '<' | '<=' | '=' | '>=' | '>';

/** Bounds that all must hold. */
export type VersionRange = readonly { readonly is: Comparator; readonly version: string }[];

const REMEDY = 'write bounds with a blank between them, like ">=9.2 <10"';

/** Reads ">=9.2 <10"; at most four bounds, each with a version that can be compared. */
export function parseVersionRange(text: string): Result<VersionRange> {
  const shown = JSON.stringify(text.slice(0, 80));
  const words = text.trim().split(/\s+/);
  const bounds = words.map((word) => /^(<=|>=|<|>|=)(.{1,64})$/.exec(word));
  if (text.length > 200 || words.length > 4 || bounds.some((bound) => bound === null))
    return bad(`reading version range ${shown}: it is none`, REMEDY);
  const range = bounds.map((bound) => ({ is: bound?.[1] as Comparator, version: bound?.[2] ?? '' }));
  const strange = range.find(({ version }) => piecesOf(version) === undefined);
  if (strange) return bad(`reading version range ${shown}: ${JSON.stringify(strange.version)} is no version that can be compared`, REMEDY);
  return good(range);
}

export const formatVersionRange = (range: VersionRange): string => range.map(({ is, version }) => `${is}${version}`).join(' ');

/** Whether a version lies in the range; undefined where it cannot be compared. */
export function rangeHolds(range: VersionRange, version: string): boolean | undefined {
  const orders = range.map(({ version: bound }) => compareVersions(version, bound));
  if (orders.some((order) => order === undefined)) return undefined;
  return range.every(({ is }, at) => HOLDS[is](orders[at] ?? 0));
}

const HOLDS: Readonly<Record<Comparator, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=': (order) => order === 0,
  '>=': (order) => order >= 0,
  '>': (order) => order > 0,
};
