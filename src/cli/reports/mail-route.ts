import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { MailConfig } from '../../config/index.ts';
import { Fault, unreadWords } from '../../core/index.ts';
import type { CliWorld, MailRoute } from '../world.ts';

/** Where nearly every system has it. */
const USUAL = '/usr/sbin/sendmail';

const REMEDY =
  'write [mail] url = "smtp://user:password@mail.example.org" into rollcall.toml, name a file that holds it with url_file, or set ROLLCALL_MAIL_URL';

/**
 * How mail leaves this machine: the server of ROLLCALL_MAIL_URL, of [mail] url_file or url; else a sendmail. Fault when there
 * is none (bad-input), or the file cannot be read (unavailable). A server's URL may hold a password, so it is never an option that others could see.
 */
export async function mailRoute(mail: MailConfig, { env }: Pick<CliWorld, 'env'>, hostname: string): Promise<MailRoute> {
  const from = mail.from ?? `rollcall@${/^[a-z0-9.-]{1,253}$/i.test(hostname) ? hostname : 'localhost'}`;
  const url = env['ROLLCALL_MAIL_URL'] || (await urlOf(mail));
  if (url) return { way: { kind: 'smtp', url }, from, ca: mail.ca };
  const path = mail.sendmail ?? (existsSync(USUAL) ? USUAL : null);
  if (path === null) throw new Fault('bad-input', 'sending mail: nothing says how it leaves this machine', REMEDY);
  return { way: { kind: 'sendmail', path }, from, ca: null };
}

async function urlOf({ url, urlFile }: MailConfig): Promise<string | null> {
  if (urlFile === null) return url;
  try {
    return (await readFile(urlFile, 'utf8')).trim();
  } catch (thrown) {
    throw new Fault(
      'unavailable',
      `reading [mail] url_file ${urlFile}: ${unreadWords(thrown)}`,
      'check the path, and that this account may read it',
    );
  }
}
