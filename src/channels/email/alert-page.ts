import type { Alert, Message, TellLine } from '../../core/index.ts';

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] as string);

/** An alert as a page: tables and styles that mail programs know, no link, no picture, nothing that is fetched. */
export function alertPage({ subject, at }: Message, alert: Alert): string {
  const { site, urgency, rule, lines, more } = alert;
  const rows = lines.map(rowOf).join('');
  const rest = more === 0 ? '' : `<p>and ${more} more</p>`;
  const about = [`site ${site}`, urgency, rule === null ? null : `rule ${rule}`, new Date(at).toISOString()].filter(
    (part) => part !== null,
  );
  return `<!doctype html>
<html><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="font-family:sans-serif;color:#222">
<h2 style="font-size:18px;border-left:6px solid ${COLOURS[urgency]};padding-left:8px">${escaped(subject)}</h2>
<table style="border-collapse:collapse">${rows}</table>
${rest}<p style="color:#666;font-size:12px">${escaped(about.join(' · '))}</p>
</body></html>
`;
}

const COLOURS: Readonly<Record<Alert['urgency'], string>> = { low: '#888', normal: '#2a6fb0', high: '#d08000', critical: '#c02020' };
const CELL = 'style="padding:4px 12px 4px 0;vertical-align:top;border-bottom:1px solid #ddd"';

function rowOf({ at, text, device }: TellLine): string {
  const known = [device?.address, device?.mac, device?.vendor, device?.owner].filter((part) => part !== null && part !== undefined);
  const cells = [new Date(at).toISOString().slice(11, 19), text, known.join(' · ')];
  return `<tr>${cells.map((cell) => `<td ${CELL}>${escaped(cell)}</td>`).join('')}</tr>\n`;
}
