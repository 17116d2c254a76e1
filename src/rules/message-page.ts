/** A message in words; all of them may be foreign. */
export interface Words {
  readonly title: string;
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** A message as one page for mail, without anything that is fetched or run. */
export function pageOf({ title, lines, notes }: Words): string {
  const rows = lines.map((line) => `<li>${foreign(line)}</li>`).join('\n');
  const small = notes.map(foreign).join('<br>\n');
  return [
    '<!DOCTYPE html>',
    '<html><head><meta charset="utf-8"></head>',
    '<body style="font-family:sans-serif;font-size:14px;line-height:1.4">',
    `<h1 style="font-size:18px;margin:0 0 12px 0">${foreign(title)}</h1>`,
    `<ul style="margin:0;padding-left:20px">\n${rows}\n</ul>`,
    ...(small === '' ? [] : [`<p style="color:#666;font-size:12px">${small}</p>`]),
    '</body></html>\n',
  ].join('\n');
}

/** Any text as the text of an element, cut where mail programs would find a link in it. */
const foreign = (text: string): string =>
  visible(text)
    .replace(/[&<>"'`]/g, (sign) => ESCAPES[sign] as string)
    .replace(/:\/\/|@|\.(?=\p{L})/gu, '<span>$&</span>');

/** What hides or turns the writing round is shown by its number. */
const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  );
