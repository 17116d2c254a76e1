/** What other programs leave behind that history can be taken from. */
export const HISTORY_FORMATS = ['nmap', 'network-monitor', 'arpwatch', 'netalertx', 'pialert', 'watchyourlan'] as const;
export type HistoryFormat = (typeof HISTORY_FORMATS)[number];

/** So much of a file tells its format. */
export const HISTORY_HEAD = 64 * 1024;

const ARP_DAT = /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}[ \t]+\d{1,3}(?:\.\d{1,3}){3}(?:[ \t]|$)/im;
const NMAP_XML = /<nmaprun[\s>]/;
const SQL = /^(?:-- (?:MySQL|MariaDB) dump|\/\*!|(?:create|drop) table|insert into|lock tables|use )/im;

/** The format that the head of a file shows; null when it shows none. */
export function historyFormatOf(head: Uint8Array): HistoryFormat | null {
  const text = latin1(head);
  if (text.startsWith('SQLite format 3\0')) return 'watchyourlan';
  if (/^(?:\u00ef\u00bb\u00bf)?\s*</.test(text)) return NMAP_XML.test(text) ? 'nmap' : null;
  const first = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (ARP_DAT.test(first.slice(0, 200))) return 'arpwatch';
  return formatOfHeading(first.split(/[\r\n]/, 1)[0] ?? '') ?? (SQL.test(text) ? 'network-monitor' : null);
}

/** By the names in the first line of a table. */
function formatOfHeading(line: string): HistoryFormat | null {
  const names = new Set(line.split(/[,;\t]/).map((cell) => cell.replaceAll('"', '').trim().toLowerCase()));
  if (names.has('devmac') || names.has('sesmac')) return 'netalertx';
  if (names.has('dev_mac') || names.has('ses_mac')) return 'pialert';
  return names.has('mac') && (names.has('connected_at') || names.has('created_at')) ? 'network-monitor' : null;
}

/** One character for each byte: the ground has no decoder. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < Math.min(bytes.length, HISTORY_HEAD); start += 4096)
    text += String.fromCharCode(...bytes.subarray(start, Math.min(start + 4096, HISTORY_HEAD)));
  return text;
}
