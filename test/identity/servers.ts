import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { IP } from '../lan/ip.ts';

const run = promisify(execFile);
const script = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** Where a server stands. */
export interface Place {
  readonly namespace: string;
  readonly address: string;
}

export interface Pair {
  readonly certificate: string;
  readonly key: string;
  /** Of the certificate, as OpenSSL finds it: hexadecimal digits. */
  readonly sha256: string;
}

/** Real SSH and web servers in network namespaces, with keys and certificates made for one test. */
export class Servers {
  readonly #folder: string;
  readonly #running = new Map<string, ChildProcess>();
  #made = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<Servers> {
    return new Servers(await mkdtemp(join(tmpdir(), 'rollcall-servers-')));
  }

  #file(ending: string): string {
    return join(this.#folder, `${++this.#made}.${ending}`);
  }

  /** A host key, and its fingerprint as ssh prints it. */
  async hostKey(type: 'ed25519' | 'ecdsa' = 'ed25519'): Promise<{ file: string; hash: string }> {
    const file = this.#file('key');
    await run('dropbearkey', ['-t', type, '-f', file]);
    const { stdout } = await run('dropbearkey', ['-y', '-f', file]);
    return { file, hash: /SHA256:\S+/.exec(stdout)?.[0] ?? 'none' };
  }

  /** A self-signed certificate that is valid for so many days from now on. */
  async pair(subject: string, days: number): Promise<Pair> {
    const [certificate, key] = [this.#file('pem'), this.#file('pem')];
    const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', certificate];
    await run('openssl', ['req', ...made, '-days', String(days), '-utf8', '-subj', subject, '-addext', 'subjectAltName=DNS:nas.test']);
    const { stdout } = await run('openssl', ['x509', '-in', certificate, '-noout', '-fingerprint', '-sha256']);
    return { certificate, key, sha256: (/=(\S+)/.exec(stdout)?.[1] ?? '').replaceAll(':', '').toLowerCase() };
  }

  /** In place of whatever listened there. */
  ssh(place: Place, port: number, key: string): Promise<void> {
    return this.#start(place, port, ['ssh.py', key]);
  }

  web(place: Place, port: number, page: { server: string; title: string; pair?: Pair }): Promise<void> {
    const tls = page.pair ? [page.pair.certificate, page.pair.key] : [];
    return this.#start(place, port, ['web.py', page.server, page.title, ...tls]);
  }

  async #start({ namespace, address }: Place, port: number, [program = '', ...args]: readonly string[]): Promise<void> {
    await this.#end(`${namespace} ${port}`);
    const argv = ['netns', 'exec', namespace, 'python3', script(program), address, String(port), ...args];
    const child = spawn(IP, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#running.set(`${namespace} ${port}`, child);
    const said: unknown = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    if (String(said).trim() !== 'ready') throw new Error(`starting ${program} at ${address}:${port}: it ended (${String(said)})`);
  }

  async #end(place: string): Promise<void> {
    const child = this.#running.get(place);
    this.#running.delete(place);
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  async stop(): Promise<void> {
    for (const place of this.#running.keys()) await this.#end(place);
    await rm(this.#folder, { recursive: true, force: true });
  }
}
