import { z } from 'zod';
import { bad, Fault, good, unreadWords, untrusted } from '../../core/index.ts';
import { notNow, notThere } from '../exchange/refusals.ts';
import { channelKind } from '../kind.ts';
import { isPath, option, show } from '../options.ts';
import { logLine } from './line.ts';
import { openLogFile } from './log-file.ts';

const WHAT = 'write the file, from the root, with a name that ends in .log, .json or .jsonl, like /var/log/rollcall/alerts.log';

const schema = z.strictObject({
  path: option(WHAT, (value) =>
    typeof value === 'string' &&
    isPath(value) &&
    /^\/(?:[^/]+\/)*[^/.][^/]*\.(?:log|jsonl?)$/.test(value) &&
    !/^\/(?:dev|proc|sys)\//.test(value)
      ? good(value)
      : bad(`${show(value)} is no file for a log`, WHAT),
  ),
});

export const log = channelKind({
  kind: 'log',
  what: 'a file, one line of JSON for each message',
  edits: false,
  schema,
  secrets: [],
  create({ path }, world) {
    const file = openLogFile(path);
    return {
      name: `log ${path}`,
      async send(message, signal, overhear) {
        if (signal.aborted) return notNow('the sending was stopped', 'nothing');
        const line = logLine(message, world.now());
        overhear?.({ from: 'us', text: line });
        try {
          await file.append(line);
          return { outcome: 'delivered', receipt: '' };
        } catch (thrown) {
          return refusalOf(thrown, path);
        }
      },
      close: () => file.close(),
    };
  },
});

function refusalOf(thrown: unknown, path: string) {
  if (thrown instanceof Fault) return (thrown.code === 'refused' ? notThere : notNow)(thrown.message, thrown.remedy ?? '');
  const { code } = thrown as { code?: string };
  if (code === 'ELOOP') return notThere(`opening ${path}: it is a link`, 'write the file that it leads to');
  const words = code === 'ENOENT' ? 'there is no such folder' : code === undefined ? untrusted(String(thrown)) : unreadWords(thrown);
  return notNow(`writing ${path}: ${words}`, 'check the path, the disk, and that the daemon may write there');
}
