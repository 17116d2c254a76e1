import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Ended, newProgram, type Program } from './program.ts';

/** Longest that a check of one second may take to come to its end, on a busy machine. */
const PATIENCE = 8000;

describe('a check of the program, where somebody keeps silent', () => {
  const servers: Server[] = [];
  let program: Program;
  before(async () => {
    program = await newProgram();
  });
  after(async () => {
    for (const server of servers) server.close();
    await program.end();
  });

  /** Takes connections, and says nothing. */
  async function mute(at: { readonly port: number; readonly host: string } | { readonly path: string }): Promise<Server> {
    const server = createServer((socket) => socket.on('error', () => {}).unref());
    servers.push(server);
    server.listen(at).unref();
    await once(server, 'listening');
    return server;
  }

  async function timely(...args: string[]): Promise<Ended> {
    const start = performance.now();
    const ended = await program.run('check', '-t', '1', ...args);
    assert.ok(performance.now() - start < PATIENCE, `it took ${Math.round(performance.now() - start)} ms`);
    assert.deepEqual([ended.code, ended.stderr], [3, '']);
    return ended;
  }

  test('a database that says nothing is left after the timeout', async () => {
    const server = await mute({ port: 0, host: '127.0.0.1' });
    const { port } = server.address() as { port: number };
    await writeFile(program.config, `[store]\nurl = "postgres://rollcall:x@127.0.0.1:${port}/rollcall"\n`);
    assert.equal((await timely()).stdout, 'ROLLCALL UNKNOWN - no answer within 1 s\n');
  });

  test('a daemon that says nothing, too, and nothing is made beside it', async () => {
    await mkdir(program.data, { recursive: true, mode: 0o700 });
    await writeFile(join(program.data, 'rollcall.db'), '');
    await mute({ path: join(program.data, 'rollcall.sock') });
    await writeFile(program.config, '');
    assert.match(
      (await timely()).stdout,
      /^ROLLCALL UNKNOWN - (?:no answer within 1 s|asking the daemon at .*: it does not answer, .*)\n$/,
    );
    assert.deepEqual((await readdir(program.data)).sort(), ['rollcall.db', 'rollcall.sock']);
  });

  test('a file that never opens, too: the thread that waits for it cannot be stopped', async () => {
    const other = await newProgram();
    await rm(other.config);
    execFileSync('mkfifo', [other.config]);
    const start = performance.now();
    const { code, stdout, stderr } = await other.run('check', '-t', '1');
    assert.ok(performance.now() - start < PATIENCE, `it took ${Math.round(performance.now() - start)} ms`);
    assert.deepEqual([code, stdout, stderr], [3, 'ROLLCALL UNKNOWN - no answer within 1 s\n', '']);
    await other.end();
  });

  test('a file that is no store is told', async () => {
    const other = await newProgram();
    await mkdir(other.data, { recursive: true, mode: 0o700 });
    await writeFile(join(other.data, 'rollcall.db'), 'this is no database, whatever its name says'.repeat(50));
    const { code, stdout, stderr } = await other.run('check', '--min-hosts', '0');
    assert.deepEqual([code, stderr], [3, '']);
    assert.match(stdout, /^ROLLCALL UNKNOWN - [^|\n]+\n$/);
    await other.end();
  });
});
