import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { createDoor, type Door, type DoorOptions } from '../../src/http/index.ts';
import { fakeAccess } from './fake-access.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { openDoor, socketClient } from './open-door.ts';

const LOG = { error: (fields: object) => assert.fail(JSON.stringify(fields)), warn: () => {}, info: () => {} };

const door = (options: Partial<DoorOptions> = {}): Door => createDoor({ keeper: fakeKeeper(), access: fakeAccess(), log: LOG, ...options });

const isFault = (code: Fault['code'], message: RegExp) => (failure: unknown) =>
  failure instanceof Fault && failure.code === code && message.test(failure.message) && failure.remedy !== undefined;

async function place(): Promise<{ path: string } & AsyncDisposable> {
  const home = await mkdtemp(join(tmpdir(), 'rollcall-socket-'));
  return { path: join(home, 'rollcall.sock'), [Symbol.asyncDispose]: () => rm(home, { recursive: true }) };
}

/** A unix socket whose owner died without cleaning up. */
async function deadSocket(path: string): Promise<void> {
  const program = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.send('up'))`;
  const child = fork('-', { execArgv: ['-e', program] });
  await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

suite('listening over TCP', () => {
  test('a busy port is named, with what to do', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    const busy = new RegExp(`^listening on 127\\.0\\.0\\.1:${open.port}: the port is taken$`);
    await assert.rejects(door().listenTcp({ host: '127.0.0.1', port: open.port }), isFault('unavailable', busy));
  });

  test('an address of another machine is named', async () => {
    const order = { host: '192.0.2.1', port: 9090 };
    await assert.rejects(
      door({ proxies: ['192.0.2.2'] }).listenTcp(order),
      isFault('unavailable', /^listening on 192\.0\.2\.1:9090: this machine has no such address$/),
    );
  });

  test('an address others can reach is refused while what they type would cross the network in the clear', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org', '127.0.0.1.example.org'])
      await assert.rejects(
        door().listenTcp({ host, port: 0 }),
        isFault('refused', /^listening on \S+:0: others can reach it, and what they type would cross the network unencrypted$/),
      );
  });

  test('half a pair encrypts nothing', async () => {
    for (const half of [{ cert: '/c.pem' }, { key: '/k.pem' }, { cert: '/c.pem', key: null }])
      await assert.rejects(door().listenTcp({ host: '192.0.2.1', port: 0, ...half }), isFault('refused', /unencrypted$/));
  });

  test('S16: an address others can reach is refused until somebody has an account, also with TLS or behind a proxy', async () => {
    const access = fakeAccess({}, { isSetUp: () => false });
    const tls = { cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' };
    for (const host of ['0.0.0.0', '::', '192.0.2.1'])
      for (const [own, order] of [
        [door({ access }), { host, port: 0, ...tls }],
        [door({ access, proxies: ['192.0.2.2'] }), { host, port: 0 }],
      ] as const)
        await assert.rejects(own.listenTcp(order), isFault('refused', /: others can reach it, and nobody has an account yet$/));
  });

  test('this machine itself needs neither account nor encryption', async () => {
    const access = fakeAccess({}, { isSetUp: () => false });
    for (const host of ['127.0.0.1', '127.0.0.2', 'localhost']) {
      const own = door({ access });
      const { url, port } = await own.listenTcp({ host, port: 0, cert: null, key: null });
      assert.equal(url, `http://${host}:${port}`);
      await own.close();
    }
  });

  test('a door that is closed without having opened closes', async () => {
    await door().close();
  });
});

suite('listening on a socket', () => {
  test("S28: the socket is its owner's alone, in a directory that is too", async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    assert.equal((await stat(open.socket)).mode & 0o777, 0o600);
    assert.equal((await stat(dirname(open.socket))).mode & 0o777, 0o700);
  });

  test('a directory that is already there keeps its mode', async () => {
    await using socket = await place();
    const directory = join(dirname(socket.path), 'open');
    await mkdir(directory, { mode: 0o755 });
    const own = door();
    await own.listenSocket(join(directory, 'rollcall.sock'));
    assert.equal((await stat(directory)).mode & 0o777, 0o755);
    await own.close();
  });

  test('a socket left behind by a dead process is replaced', async () => {
    await using socket = await place();
    await deadSocket(socket.path);
    assert.ok((await stat(socket.path)).isSocket());
    const own = door();
    await own.listenSocket(socket.path);
    assert.equal((await socketClient(socket.path).status.get()).site, 'home');
    await own.close();
    await assert.rejects(stat(socket.path), { code: 'ENOENT' });
  });

  test('a socket somebody answers on is left alone', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    await assert.rejects(door().listenSocket(open.socket), isFault('conflict', /another rollcall answers there$/));
    assert.equal((await open.client.status.get()).site, 'home');
  });

  test('a file in its place is never deleted', async () => {
    await using socket = await place();
    await writeFile(socket.path, 'precious');
    await assert.rejects(door().listenSocket(socket.path), isFault('conflict', /a file that is no socket is there$/));
    assert.equal(await readFile(socket.path, 'utf8'), 'precious');
  });

  test('a path too long for a socket is named', async () => {
    await assert.rejects(
      door().listenSocket(`/tmp/${'x'.repeat(110)}/rollcall.sock`),
      isFault('bad-input', /a socket's path may have 107 bytes/),
    );
  });

  test('a foreign server on the path is not ours to replace', async () => {
    await using socket = await place();
    const foreign = createServer().listen(socket.path);
    await once(foreign, 'listening');
    await assert.rejects(door().listenSocket(socket.path), isFault('conflict', /another rollcall answers there$/));
    foreign.close();
  });
});
