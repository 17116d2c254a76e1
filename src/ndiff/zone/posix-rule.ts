/** A text that is read from its front. */
export interface Scanner {
  rest: string;
}

/** When in a year the clock is changed: the day, and seconds after its midnight. */
export type Rule = { readonly seconds: number } & (
  | { readonly kind: 'day' /** From 0; 29 February counts. */; readonly day: number }
  | { readonly kind: 'julian' /** From 1; 29 February does not count. */; readonly day: number }
  | { readonly kind: 'weekday'; readonly month: number /** 5: the last one. */; readonly week: number; readonly weekday: number }
);

const DAY = 86_400;
const DAY_RULE = /^,?(J?)(\d+)/;
const WEEKDAY_RULE = /^,?M(\d+)\.(\d+)\.(\d+)/;
const TIME = /^\/(-?)(\d+)(?::(\d+))?(?::(\d+))?/;
/** What is left when a rule could not be read. */
export const NO_RULE: Rule = { kind: 'day', day: 0, seconds: 0 };

/** The next rule, or the usual one when there is none; undefined for what is no rule. */
export function readRule(scanner: Scanner, usual: string): Rule | undefined {
  const text = /^,?$/.test(scanner.rest) ? usual : scanner.rest;
  const match = WEEKDAY_RULE.exec(text) ?? DAY_RULE.exec(text);
  if (match === null) return undefined;
  const time = TIME.exec(text.slice(match[0].length));
  scanner.rest = text.slice(match[0].length + (time?.[0].length ?? 0));
  return ruleOf(match, time === null ? 2 * 3600 : secondsOf(time));
}

function secondsOf([, sign, hours, minutes, seconds]: RegExpExecArray): number {
  const size = Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -size : size;
}

function ruleOf([, first, second, third]: RegExpExecArray, seconds: number): Rule | undefined {
  if (third === undefined) return { kind: first === 'J' ? 'julian' : 'day', day: Number(second), seconds };
  const [month, week, weekday] = [Number(first), Number(second), Number(third)];
  const fits = month >= 1 && month <= 12 && week >= 1 && week <= 5 && weekday <= 6;
  return fits ? { kind: 'weekday', month, week, weekday, seconds } : undefined;
}

/** The change in a year, in seconds of the clock that it changes. */
export function changeIn(year: number, rule: Rule): number {
  return dayOf(year, rule) * DAY + rule.seconds;
}

/** Days since 1 January 1970. */
function dayOf(year: number, rule: Rule): number {
  if (rule.kind === 'weekday') return weekdayOf(year, rule);
  if (rule.kind === 'day') return firstOf(year, 1) + rule.day;
  const isLeap = firstOf(year, 3) - firstOf(year, 2) === 29;
  return firstOf(year, 1) + rule.day - 1 + Number(isLeap && rule.day >= 60);
}

function weekdayOf(year: number, { month, week, weekday }: Extract<Rule, { kind: 'weekday' }>): number {
  const first = firstOf(year, month);
  // 1 January 1970 was a Thursday.
  const shift = (((weekday - first - 4) % 7) + 7) % 7;
  const day = first + shift + (week - 1) * 7;
  return day < firstOf(year, month + 1) ? day : day - 7;
}

function firstOf(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, 1);
  return date.getTime() / 1000 / DAY;
}
