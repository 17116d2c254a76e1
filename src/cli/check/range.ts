import { bad, good, type Result } from '../../core/index.ts';

/** A range of numbers with an alert, as plugins write it: "10:20" alerts outside, "@10:20" inside; ends belong to it. */
export interface AlertRange {
  /** As it was typed. */
  readonly text: string;
  /** Without an end: infinite. */
  readonly from: number;
  readonly to: number;
  /** Whether numbers in it alert, and not those outside. */
  readonly inside: boolean;
}

const NUMBER = String.raw`-?\d{1,15}(?:\.\d{1,6})?`;
const RANGE = new RegExp(`^(?<inside>@?)(?:(?<from>~|${NUMBER})?(?<colon>:))?(?<to>${NUMBER})?$`);

/** Reads "10", "10:", "~:10", "10:20" or "@10:20". */
export function parseRange(text: string, option: string): Result<AlertRange> {
  const parts = RANGE.exec(text)?.groups;
  if (!parts || (parts['colon'] === undefined && parts['to'] === undefined)) return refused(text, option, 'it is no range');
  const from = startOf(parts['from']);
  const to = parts['to'] === undefined ? Number.POSITIVE_INFINITY : Number(parts['to']);
  if (from > to) return refused(text, option, 'it begins after its end');
  return good({ text, from, to, inside: parts['inside'] === '@' });
}

/** A start that is left out is 0. */
function startOf(text: string | undefined): number {
  if (text === '~') return Number.NEGATIVE_INFINITY;
  return text === undefined ? 0 : Number(text);
}

const refused = (text: string, option: string, why: string): Result<never> =>
  bad(`reading ${option} ${JSON.stringify(text.slice(0, 60))}: ${why}`, 'write one like 10:50, 10:, ~:50, @10:20, or 50 for 0 to 50');

/** Whether a number is one that the range warns of. */
export const alerts = ({ from, to, inside }: AlertRange, value: number): boolean => (value >= from && value <= to) === inside;

/** The range with which the number is wrong, for people: "fewer than 5", "more than 60", "inside 10:20". */
export function wrongBy({ from, to, inside, text }: AlertRange, value: number): string {
  if (inside) return `inside ${text.slice(1)}`;
  return value < from ? `fewer than ${from}` : `more than ${to}`;
}
