import type { ComparedSide } from '../../../core/index.ts';
import { blockOf } from '../block.ts';
import type { Document } from '../document.ts';
import { fewUnknown, unknownLeftOut } from '../few-unknown.ts';
import { sumFirst } from '../sum-first.ts';
import { cautions, type Sum, sideText, sumText } from '../sum-text.ts';
import { type Block, isOneLine, type Mark, type Row, type ScriptLine } from '../words.ts';
import { foreignHtml, html, htmlWords } from './html-text.ts';

/**
 * A comparison as one page for mail and browser: no script, nothing to load, every style inline and short (mail programs
 * cut long pages), tables for layout. Text keeps the reader's own colours, so that it can be read on light and dark; only
 * marks are coloured, in tones for both.
 */
export const htmlPieces: Document = async function* (items, { verbose }) {
  for await (const item of sumFirst(verbose ? items : fewUnknown(items))) {
    if (item.kind === 'sides') yield head(item.a, item.b);
    else if (item.kind === 'sum') yield sumHtml(item, verbose);
    else yield deviceHtml(blockOf(item));
  }
  yield '</body>\n</html>\n';
};

const TONES: Readonly<Record<Mark | ' ', string>> = {
  '+': '#2e8b57',
  '-': '#d1383d',
  '~': '#b7791f',
  '!': '#d1383d',
  '?': '#808080',
  ' ': '#808080',
};
const MONO = 'font-family:monospace';
const TABLE = '<table cellpadding="3" cellspacing="0" border="0" style="border-collapse:collapse;margin:0 0 12px 0';

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
  const notes = [a, b].flatMap((side, i) =>
    cautions(side).map((note) => paragraph(`<strong>${'AB'[i]}</strong> ${foreignHtml(note)}`, '~')),
  );
  return `${pageStart(`What changed: ${a.title} -> ${b.title}`, 'What changed')}${TABLE}">
${sideRow('A', a)}${sideRow('B', b)}</table>
${notes.join('')}`;
}

/** How every page of ours begins: nothing in it runs, loads or links. Title and heading may be foreign. */
export const pageStart = (title: string, heading: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
${META}
<title>${html(title)}</title>
</head>
<body style="font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.4;margin:16px">
<h1 style="font-size:20px;margin:0 0 12px 0">${html(heading)}</h1>
`;

const sideRow = (letter: string, side: ComparedSide): string =>
  `<tr valign="top"><td>${letter}</td><td style="font-weight:bold">${foreignHtml(side.title)}</td><td>${html(sideText(side))}</td></tr>\n`;

const paragraph = (content: string, mark: Mark): string => `<p style="color:${TONES[mark]};margin:8px 0">${content}</p>\n`;

function sumHtml(sum: Sum, verbose: boolean): string {
  const rest = verbose ? null : unknownLeftOut(sum);
  return `<p style="font-weight:bold;margin:16px 0">${html(sumText(sum))}</p>\n${rest === null ? '' : paragraph(html(rest), '?')}`;
}

function deviceHtml(block: Block): string {
  const { mark, label, verdict, rows } = block;
  if (isOneLine(block)) return paragraph(`? ${htmlWords([...label, ': ', ...rows.flatMap(({ words }) => words)])}`, mark);
  const said = verdict === '' ? '' : ` ${coloured(mark, verdict)}`;
  const top = `<tr><th colspan="3" align="left">${coloured(mark, mark)} ${htmlWords(label)}${said}</th></tr>\n`;
  return `${TABLE};border-top:1px solid #808080" width="100%">\n${top}${rows.map(rowHtml).join('')}</table>\n`;
}

const coloured = (mark: Mark, text: string): string => `<span style="color:${TONES[mark]}">${html(text)}</span>`;

function rowHtml({ mark, subject, words, lines }: Row): string {
  const told = `${htmlWords(words)}${lines.map(lineHtml).join('')}`;
  const cells = [
    `<td width="16" style="color:${TONES[mark]};${MONO}">${mark}</td>`,
    `<td width="90" style="${MONO}">${htmlWords([subject])}</td>`,
    mark === '?' ? `<td style="color:${TONES[mark]}">${told}</td>` : `<td>${told}</td>`,
  ];
  return `<tr valign="top">${cells.join('')}</tr>\n`;
}

const lineHtml = ({ mark, text }: ScriptLine): string =>
  `<div style="${MONO};color:${TONES[mark]};white-space:pre-wrap">${foreignHtml(`${mark} ${text}`)}</div>`;
