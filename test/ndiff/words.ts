import type { Draw } from './draw.ts';

/** Signs that some reader, printer or sorter has taken for something else. */
export const ODD_SIGNS: readonly string[] = [
  ['<', '>', '&', '"', "'", '--', ']]>', '%', '\\', '{}', '|', ' ', '  '],
  ['\n', '\r', '\r\n', '\t', '\x7f', '\x85', '\u2028', '\u2029', '\xa0', '\u3000', '\u1680', '\u200b', '\u202f', '\ufeff'],
  ['é', 'e\u0301', 'ß', 'İ', 'Ω', 'ж', '\u202e', '€', '日本', '\uff21', '\ue000', '\ufffd', '\ufb01', '\ud7ff'],
  ['😀', '𝒳', '\u{10000}', '\u{10ffff}', '\u{1f468}\u200d\u{1f469}', '\u0300'],
].flat();

const WORDS = ['http', 'ssh', 'printer', 'nginx', 'Apache', 'alpha', 'Beta', 'zeta', 'OpenSSH', 'a', 'z', 'Z', '10', '9', '2.4', '8.9p1'];

/** A word or two; one in so many (0 to 1) has an odd sign somewhere. */
export function text(draw: Draw, odd = 0.15): string {
  if (draw.happens(0.02)) return draw.pick(['', ' ', ' lead', 'trail ', 'trail\x85']);
  const words = draw.times(draw.between(1, 3), () => draw.pick(WORDS)).join(draw.pick([' ', '-', '.', '/']));
  if (!draw.happens(odd)) return words;
  const at = draw.below(words.length + 1);
  return words.slice(0, at) + draw.pick(ODD_SIGNS) + words.slice(at);
}

/** Ways to write a whole number that Python's int() takes. */
export function integer(value: number, draw: Draw): string {
  if (!draw.happens(0.06)) return String(value);
  const digits = String(Math.abs(value));
  const sign = value < 0 ? '-' : '';
  return draw.pick([
    ` ${value} `,
    `\n${value}\t`,
    `\xa0${value}\u3000`,
    value < 0 ? digits.replace(/^/, '-') : `+${digits}`,
    `${sign}00${digits}`,
    digits.length > 1 ? `${sign}${digits[0]}_${digits.slice(1)}` : `${sign}0_${digits}`,
    sign + digits.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
    sign + digits.replace(/\d/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
  ]);
}

const LINE_ENDS = ['\n', '\n', '\n', '\r', '\r\n', '\x85', '\u2028', '\u2029', '\n\n'];

/** What a script says: lines, often with the first or last one empty. */
export function output(draw: Draw): string {
  if (draw.happens(0.08)) return draw.pick(['', '\n', ' ', '\n\n', '\r\n', '\x85', '\t']);
  const lines = draw.times(draw.between(1, draw.happens(0.1) ? 12 : 4), () => draw.pick(['', '  ', '    ']) + text(draw));
  const body = lines.map((line, i) => (i === 0 ? line : draw.pick(LINE_ENDS) + line)).join('');
  return (draw.happens(0.4) ? '\n' : '') + body + (draw.happens(0.2) ? draw.pick(LINE_ENDS) : '') + (draw.happens(0.05) ? '  ' : '');
}

/** So many lines of so few different kinds that the matcher takes the frequent ones for junk. */
export function longOutput(draw: Draw): string {
  const kinds = draw.between(3, 60);
  const rare = draw.happens(0.5) ? 0.1 : 0;
  return draw.times(draw.between(190, 260), (i) => (draw.happens(rare) ? `rare ${i}` : `line ${draw.below(kinds)}`)).join('\n');
}

/** Another text that shares most of its lines with this one. */
export function edited(before: string, draw: Draw): string {
  const lines = before.split('\n');
  const edits = draw.between(1, Math.max(1, Math.ceil(lines.length / 8)));
  for (let i = 0; i < edits; i++) {
    const at = draw.below(lines.length + 1);
    draw.pick([
      () => lines.splice(at, 1),
      () => lines.splice(at, 0, text(draw)),
      () => lines.splice(at, 1, text(draw)),
      () => lines.splice(at, 0, lines[draw.below(lines.length)] ?? 'again'),
      () => lines.push(text(draw)),
    ])();
  }
  return lines.join('\n');
}
