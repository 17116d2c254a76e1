import { bad, good, type MirrorOrder, type Result } from '../../core/index.ts';

/** Longest command, in bytes. */
const LONGEST = 200;
const REMEDY = 'send "scan", "scan TARGET", "acknowledge" or "acknowledge NUMBER"';
const SCAN = /^scan(?: +(?:all|([0-9a-z][0-9a-z.:/_-]{0,120})))?$/i;
const ACKNOWLEDGE = /^ack(?:nowledge)?(?: +(?:all|([1-9][0-9]{0,14})))?$/i;

/** Reads what came on the topic of commands, whoever sent it. What it does not know it does not repeat. */
export function readOrder(payload: Uint8Array): Result<MirrorOrder> {
  if (payload.length > LONGEST) return bad(`reading a command: it has ${payload.length} bytes`, REMEDY);
  const text = Buffer.from(payload).toString('utf8').trim();
  const scan = SCAN.exec(text);
  if (scan) return good({ kind: 'scan', target: scan[1] ?? null });
  const acknowledge = ACKNOWLEDGE.exec(text);
  if (acknowledge) return good({ kind: 'acknowledge', incident: acknowledge[1] === undefined ? 'open' : Number(acknowledge[1]) });
  return bad('reading a command: it is none that is known', REMEDY);
}
