import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type OwnCertificate, ownCertificate } from '../make/own-certificate.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

const PASSWORD = 'hedgehog under ladder';

/** A program whose [http] says more than the port. */
async function withHttp(lines: string): Promise<Program> {
  const program = await newProgram({ config: '[self]\nwatch = false\n' });
  const text = await readFile(program.config, 'utf8');
  await writeFile(program.config, text.replace('[http]\n', `[http]\n${lines}\n`));
  return program;
}

const pairLines = ({ cert, key }: { cert: string; key: string }): string => `cert = ${JSON.stringify(cert)}\nkey = ${JSON.stringify(key)}`;

/** Asks as somebody who trusts this certificate, and no other. */
async function askTrusting(ca: string, port: number, { path, token }: { path: string; token: string }): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = { authorization: `Bearer ${token}` };
  request({ host: '127.0.0.1', port, path, ca, headers, agent: false }, resolve).on('error', reject).end();
  return promise;
}

const trusts = (own: OwnCertificate, port: number): Promise<boolean> =>
  readFile(own.cert, 'utf8')
    .then((ca) => askTrusting(ca, port, { path: '/healthz', token: '' }))
    .then(
      ({ statusCode }) => statusCode === 200,
      () => false,
    );

describe('a daemon with TLS of its own', needs('openssl'), () => {
  test('it answers over TLS only, says so wherever it names its address, and takes over a new certificate at SIGHUP and by itself', async () => {
    const own = ownCertificate();
    const program = await withHttp(pairLines(own));
    const daemon = await program.daemon();
    assert.match(daemon.output(), new RegExp(`"url":"https://127\\.0\\.0\\.1:${program.port}"`));
    const token = (await program.run('token')).stdout.trim();
    const answer = await askTrusting(await readFile(own.cert, 'utf8'), program.port, { path: '/api/v1/status', token });
    assert.equal(answer.statusCode, 200);
    assert.match(answer.headers['strict-transport-security'] ?? '', /^max-age=/);
    answer.resume();
    await assert.rejects(fetch(`http://127.0.0.1:${program.port}/healthz`));
    const started = await program.json('start');
    assert.equal(started.address, `https://127.0.0.1:${program.port}/`);
    assert.match(started.setup, /^https:\/\/127\.0\.0\.1:\d+\/setup#rcl_/);

    own.replace(own.make());
    process.kill(daemon.pid, 'SIGHUP');
    await until('the new certificate, asked for', () => trusts(own, program.port));
    own.replace(own.make());
    await until('the new certificate, found', () => trusts(own, program.port));
    const good = await readFile(own.cert, 'utf8');
    writeFileSync(own.cert, 'broken');
    process.kill(daemon.pid, 'SIGHUP');
    await until('the trouble in the log', () => /certificate not taken over; the old one stays in force/.test(daemon.output()));
    assert.match(daemon.output(), /it holds no certificate in PEM/);
    assert.equal((await askTrusting(good, program.port, { path: '/healthz', token })).statusCode, 200);
    assert.equal((await daemon.stop()).code, 0);
    assert.doesNotMatch(daemon.output(), /PRIVATE KEY|rcl_/);
    await program.end();
  });

  test('a key that is locked, missing or of another certificate ends the start with its name and a remedy', async () => {
    const own = ownCertificate();
    own.openssl('pkey', '-in', own.key, '-aes256', '-passout', 'pass:hedgehog', '-out', 'locked.key');
    writeFileSync(own.file('other.key'), own.make().key);
    for (const [name, reason] of [
      ['locked.key', 'it is locked with a passphrase'],
      ['none.key', 'there is no such file'],
      ['other.key', 'it is the key of another certificate'],
    ] as const) {
      const program = await withHttp(pairLines({ cert: own.cert, key: own.file(name) }));
      const ran = await program.run('run');
      assert.equal(ran.code, 2, ran.stderr);
      assert.match(ran.stderr, new RegExp(`reading http\\.key \\S+${name}: ${reason}`));
      assert.match(ran.stderr, /remedy: \S+/);
      await program.end();
    }
  });

  test('a key that is open to everybody is told in the log', async () => {
    const own = ownCertificate();
    chmodSync(own.key, 0o644);
    const program = await withHttp(pairLines(own));
    const daemon = await program.daemon();
    await daemon.stop();
    assert.match(daemon.output(), /"msg":"the key \S+key\.pem is open to every user of this machine; run chmod 600 on it"/);
    await program.end();
  });
});

describe('a daemon that others could reach', needs('openssl'), () => {
  test('without encryption the config is refused, and without an account the start, before anything listens', async () => {
    const own = ownCertificate();
    const plain = await withHttp('host = "0.0.0.0"');
    const checked = await plain.run('config', 'check');
    assert.notEqual(checked.code, 0);
    assert.match(checked.stdout + checked.stderr, /reading http\.host: others can reach 0\.0\.0\.0/);
    await plain.end();
    for (const lines of [`host = "0.0.0.0"\n${pairLines(own)}`, 'host = "0.0.0.0"\nproxies = ["192.0.2.1"]']) {
      const program = await withHttp(lines);
      const ran = await program.run('run');
      assert.equal(ran.code, 2, ran.stderr);
      assert.match(
        ran.stderr,
        /listening on 0\.0\.0\.0:\d+: others can reach it, and nobody has an account yet\n {2}remedy: make the first/,
      );
      assert.doesNotMatch(ran.stdout, /ready/);
      const started = await program.run('start');
      assert.match(started.stderr, /nobody has an account yet/);
      await assert.rejects(readFile(join(program.data, 'rollcall.sock')));
      await program.end();
    }
  });
});

describe('a daemon that others reach', needs('openssl', 'netns', 'curl'), () => {
  test('with an account and TLS every address is listened on, and each is a name of it', async () => {
    const own = ownCertificate();
    const inside = ['unshare', '--net', 'sh', '-c', 'ip link set lo up; ip addr add 192.0.2.9/32 dev lo; exec "$0" "$@"'];
    const program = await newProgram({ prefix: inside, config: '[self]\nwatch = false\n' });
    const text = await readFile(program.config, 'utf8');
    await writeFile(program.config, text.replace('[http]\n', `[http]\nhost = "0.0.0.0"\n${pairLines(own)}\n`));
    const added = await program.feed(`${PASSWORD}\n`, 'user', 'add', 'anna', '--role', 'admin', '--password-stdin');
    assert.equal(added.code, 0, added.stderr);
    const daemon = await program.daemon();
    assert.match(daemon.output(), /"url":"https:\/\/127\.0\.0\.1:\d+"/);
    const within = await askWithin(daemon.pid, [`https://192.0.2.9:${program.port}/healthz`, `https://127.0.0.1:${program.port}/healthz`]);
    assert.deepEqual(within, ['200', '200']);
    const foreign = await askWithin(daemon.pid, [`https://192.0.2.9:${program.port}/healthz`], ['-H', 'host: evil.example']);
    assert.deepEqual(foreign, ['421']);
    assert.equal((await daemon.stop()).code, 0);
    await program.end();
  });

  test('behind a proxy only the proxy and this machine itself are listened to in the clear', async () => {
    const inside = [
      'unshare',
      '--net',
      'sh',
      '-c',
      'ip link set lo up; ip addr add 192.0.2.9/32 dev lo; ip addr add 192.0.2.8/32 dev lo; exec "$0" "$@"',
    ];
    const program = await newProgram({ prefix: inside, config: '[self]\nwatch = false\n' });
    const text = await readFile(program.config, 'utf8');
    await writeFile(program.config, text.replace('[http]\n', '[http]\nhost = "0.0.0.0"\nproxies = ["192.0.2.8"]\n'));
    const added = await program.feed(`${PASSWORD}\n`, 'user', 'add', 'anna', '--role', 'admin', '--password-stdin');
    assert.equal(added.code, 0, added.stderr);
    const daemon = await program.daemon();
    const url = `http://192.0.2.9:${program.port}/healthz`;
    assert.deepEqual(await askWithin(daemon.pid, [url], ['--interface', '192.0.2.8']), ['200']);
    assert.deepEqual(await askWithin(daemon.pid, [`http://127.0.0.1:${program.port}/healthz`]), ['200']);
    assert.deepEqual(await askWithin(daemon.pid, [url], ['--interface', '192.0.2.9']), ['000']);
    assert.equal((await daemon.stop()).code, 0);
    await program.end();
  });
});

/** What curl gets in the network of that process; 000: nothing. */
async function askWithin(pid: number, urls: readonly string[], more: readonly string[] = []): Promise<string[]> {
  const { execFile } = await import('node:child_process');
  const ask = (url: string): Promise<string> =>
    new Promise((resolve) => {
      const argv = ['--net', '-t', String(pid), 'curl', '-sk', '-m', '20', '-o', '/dev/null', '-w', '%{http_code}', ...more, url];
      execFile('nsenter', argv, (_, stdout) => resolve(stdout));
    });
  return Promise.all(urls.map(ask));
}
