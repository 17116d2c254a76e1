/** Signs a spreadsheet begins a formula with, in their wide forms too. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** Whether taking away an apostrophe in front would make it another text. */
const isMarked = (text: string): boolean => text.startsWith("'") && (FORMULA.test(text.slice(1)) || text[1] === "'");

/** A text as a spreadsheet may have it: an apostrophe stands before what it would take for a formula. {@link plainCell} undoes it. */
export const inertCell = (text: string): string => (FORMULA.test(text) || isMarked(text) ? `'${text}` : text);

/** The text that {@link inertCell} wrote so. */
export const plainCell = (text: string): string => (isMarked(text) ? text.slice(1) : text);

/** A cell of CSV (RFC 4180) that can neither end early nor be run. */
export function csvCell(text: string, separator = ','): string {
  const inert = inertCell(text);
  return /["\r\n]/.test(inert) || inert.includes(separator) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
