import type { ComparedSide, ComparisonItem } from '../../../core/index.ts';
import { blockOf } from '../block.ts';
import { sumFirst } from '../sum-first.ts';
import { cautions, sideText, sumText } from '../sum-text.ts';
import type { Block, Mark, Row, ScriptLine } from '../words.ts';
import { foreignHtml, html, htmlWords } from './html-text.ts';

/**
 * A comparison as one page for mail and browser: no script, nothing to load, every style inline, tables for layout. Text
 * keeps the reader's own colours, so that it can be read on light and dark; only marks are coloured, in tones for both.
 */
export async function* htmlPieces(items: AsyncIterable<ComparisonItem>): AsyncGenerator<string, void, void> {
  for await (const item of sumFirst(items)) {
    if (item.kind === 'sides') yield head(item.a, item.b);
    else if (item.kind === 'sum') yield `<p style="font-weight:bold;margin:16px 0">${html(sumText(item))}</p>\n`;
    else yield deviceTable(blockOf(item));
  }
  yield '</body>\n</html>\n';
}

const TONES: Readonly<Record<Mark | ' ', string>> = { '+': '#2e8b57', '-': '#d1383d', '~': '#b7791f', '?': '#808080', ' ': '#808080' };
const CELL = 'padding:2px 12px 2px 0;text-align:left;vertical-align:top';
const MONO = 'font-family:Menlo,Consolas,monospace;font-size:13px';

const META = [
  '<meta charset="utf-8"/>',
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'"/>',
  '<meta name="referrer" content="no-referrer"/>',
  '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
  '<meta name="color-scheme" content="light dark"/>',
  '<meta name="supported-color-schemes" content="light dark"/>',
  '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no"/>',
].join('\n');

function head(a: ComparedSide, b: ComparedSide): string {
  const title = html(`What changed: ${a.title} -> ${b.title}`);
  const page = 'font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.4;margin:16px';
  const notes = [a, b].flatMap((side, i) => cautions(side).map((note) => caution('AB'[i] as string, note)));
  return `<!DOCTYPE html>
<html lang="en">
<head>
${META}
<title>${title}</title>
</head>
<body style="${page}">
<h1 style="font-size:20px;margin:0 0 12px 0">What changed</h1>
<table cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">
${sideRow('A', a)}${sideRow('B', b)}</table>
${notes.join('')}`;
}

const cell = (content: string, style = ''): string => `<td style="${CELL}${style && `;${style}`}">${content}</td>`;

const sideRow = (letter: string, side: ComparedSide): string =>
  `<tr>${cell(letter, `color:${TONES['?']}`)}${cell(foreignHtml(side.title), 'font-weight:bold')}${cell(html(sideText(side)))}</tr>\n`;

const caution = (letter: string, note: string): string =>
  `<p style="color:${TONES['~']};margin:8px 0"><strong>${letter}</strong> ${foreignHtml(note)}</p>\n`;

function deviceTable({ mark, label, verdict, rows }: Block): string {
  const badge = `<span style="color:${TONES[mark]};${MONO}">${mark}</span>`;
  const said = verdict === '' ? '' : ` <span style="color:${TONES[mark]}">${verdict}</span>`;
  const top = `<tr><th colspan="3" style="${CELL};border-top:1px solid #808080;padding-top:8px">${badge} ${htmlWords(label)}${said}</th></tr>\n`;
  return `<table cellpadding="0" cellspacing="0" border="0" width="100%" style="border-collapse:collapse;margin:0 0 12px 0">
${top}${rows.map(rowHtml).join('')}</table>
`;
}

function rowHtml({ mark, subject, words, lines }: Row): string {
  const tone = `color:${TONES[mark]};${MONO};width:16px`;
  const told = `${htmlWords(words)}${lines.map(lineHtml).join('')}`;
  const style = mark === '?' ? `color:${TONES['?']}` : '';
  return `<tr>${cell(mark, tone)}${cell(html(subject), `${MONO};white-space:nowrap`)}${cell(told, style)}</tr>\n`;
}

const lineHtml = ({ mark, text }: ScriptLine): string =>
  `<div style="${MONO};color:${TONES[mark]};white-space:pre-wrap">${foreignHtml(`${mark} ${text}`)}</div>`;
