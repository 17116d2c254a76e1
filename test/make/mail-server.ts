import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, headers and all. */
  readonly text: string;
  readonly user: string | null;
  readonly secure: boolean;
}

export interface MailServerDouble {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  stop(): Promise<void>;
}

/** What a server of the test does otherwise than taking everything. */
export interface Manners extends SMTPServerOptions {
  /** Answers to a receiver or to the mail itself; undefined takes it. */
  readonly refuseReceiver?: (address: string) => { readonly code: number; readonly text: string } | undefined;
  readonly refuseMail?: () => { readonly code: number; readonly text: string } | undefined;
  readonly port?: number;
  readonly host?: string;
  readonly password?: string;
  /** What it says to a wrong password; left out: no. */
  readonly scolds?: (password: string) => string;
}

/** A mail server on the loopback that keeps what it gets. */
export async function mailServer({
  refuseReceiver,
  refuseMail,
  port = 0,
  host = '127.0.0.1',
  password,
  scolds = () => 'no',
  ...rest
}: Manners = {}): Promise<MailServerDouble> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: password === undefined,
    disabledCommands: [...(password === undefined ? ['AUTH'] : []), ...(rest.key === undefined ? ['STARTTLS'] : [])],
    disableReverseLookup: true,
    onAuth: (auth, _, done) =>
      done(auth.password === password ? null : failure({ code: 535, text: scolds(auth.password ?? '') }), { user: auth.username ?? '' }),
    onRcptTo: ({ address }, _, done) => {
      const no = refuseReceiver?.(address);
      done(no ? failure(no) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const no = refuseMail?.();
        if (no) return done(failure(no));
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('latin1'),
          user: typeof session.user === 'string' ? session.user : null,
          secure: session.secure,
        });
        done(null, 'taken');
      });
    },
    ...rest,
  });
  server.on('error', () => {}); // clients of the tests hang up
  await new Promise<void>((resolve) => server.listen(port, host, () => resolve()));
  const address = server.server.address() as { port: number };
  return { port: address.port, mails, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

const failure = ({ code, text }: { readonly code: number; readonly text: string }): Error =>
  Object.assign(new Error(text), { responseCode: code });

/** Something that accepts connections and then says only this. */
export async function muteServer(greeting = ''): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => {}));
    if (greeting !== '') socket.write(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    stop: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A certificate of its own for localhost, in a folder that goes with the process. */
export function certificate(): { readonly key: string; readonly cert: string; readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-certificate-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const [key, path] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      path,
      ...names,
    ],
    {
      stdio: 'ignore',
    },
  );
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(path, 'utf8'), path };
}
