import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { ownCertificate } from '../../../test/make/own-certificate.ts';
import { needs } from '../../../test/needs.ts';
import { Fault } from '../../core/index.ts';
import { readPair } from './pair.ts';

const DAY = 86_400_000;

const isFault = (message: RegExp, remedy: RegExp) => (failure: unknown) => {
  assert.ok(failure instanceof Fault, String(failure));
  assert.equal(failure.code, 'bad-input');
  assert.match(failure.message, message);
  assert.match(failure.remedy ?? '', remedy);
  assert.doesNotMatch(`${failure.message} ${failure.remedy}`, /error|PRIVATE KEY-----\n/i);
  return true;
};

suite('a certificate and its key', needs('openssl'), () => {
  const own = ownCertificate();

  test('what belongs together is taken, with its end', async () => {
    const pair = await readPair(own, Date.now());
    assert.match(pair.cert, /BEGIN CERTIFICATE/);
    assert.deepEqual(pair.doubts, []);
    assert.ok(Math.abs(pair.until.getTime() - Date.now() - 2 * DAY) < 60_000, String(pair.until));
  });

  test('RSA is as good, also with its chain behind it and in the older form of keys', async () => {
    const rsa = own.make({ kind: ['-newkey', 'rsa:2048'] });
    writeFileSync(own.file('chain.pem'), `${rsa.cert}${own.make().cert}`);
    writeFileSync(own.file('rsa.key'), rsa.key, { mode: 0o600 });
    own.openssl('rsa', '-in', 'rsa.key', '-traditional', '-out', 'old.key');
    chmodSync(own.file('old.key'), 0o600);
    const pair = await readPair({ cert: own.file('chain.pem'), key: own.file('old.key') }, Date.now());
    assert.equal(pair.cert.match(/BEGIN CERTIFICATE/g)?.length, 2);
  });

  test('a file that is missing, a folder, or more than one reads is named with what to do', async () => {
    const none = { ...own, cert: own.file('none.pem') };
    await assert.rejects(readPair(none, 0), isFault(/^reading http\.cert \S+none\.pem: there is no such file$/, /write the path/));
    await assert.rejects(readPair({ ...own, key: `${own.cert}/x` }, 0), isFault(/^reading http\.key \S+: there is no such file$/, /path/));
    mkdirSync(own.file('folder'));
    await assert.rejects(readPair({ ...own, key: own.file('folder') }, 0), isFault(/^reading http\.key \S+folder: it is no file$/, /path/));
    writeFileSync(own.file('huge'), '');
    truncateSync(own.file('huge'), 1_000_001);
    await assert.rejects(readPair({ ...own, cert: own.file('huge') }, 0), isFault(/huge: it is larger than 1000000 bytes$/, /PEM/));
    symlinkSync('circle', own.file('circle'));
    await assert.rejects(readPair({ ...own, cert: own.file('circle') }, 0), isFault(/circle: ELOOP/, /can be read/));
  });

  test('a pipe is not waited for', async () => {
    own.openssl('version');
    const { execFileSync } = await import('node:child_process');
    execFileSync('mkfifo', [own.file('pipe')]);
    await assert.rejects(readPair({ ...own, key: own.file('pipe') }, 0), isFault(/pipe: it is no file$/, /path/));
  });

  test('what is no PEM is told from what is', async () => {
    for (const [name, text] of Object.entries({
      empty: '',
      words: 'hello',
      cut: '-----BEGIN CERTIFICATE-----\nMIIB',
      nul: '\0'.repeat(99),
    })) {
      writeFileSync(own.file(name), text);
      await assert.rejects(
        readPair({ ...own, cert: own.file(name) }, 0),
        isFault(/: it holds no certificate in PEM$/, /BEGIN CERTIFICATE/),
      );
      await assert.rejects(readPair({ ...own, key: own.file(name) }, 0), isFault(/: it holds no private key in PEM$/, /BEGIN PRIVATE/));
    }
    await assert.rejects(readPair({ cert: own.key, key: own.key }, 0), isFault(/http\.cert .* no certificate in PEM$/, /CERTIFICATE/));
    await assert.rejects(readPair({ cert: own.cert, key: own.cert }, 0), isFault(/http\.key .* no private key in PEM$/, /PRIVATE/));
  });

  test('a key of another certificate, of its kind or of another, is told', async () => {
    for (const kind of [
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      ['-newkey', 'rsa:2048'],
      ['-newkey', 'ed25519'],
    ]) {
      writeFileSync(own.file('other.key'), own.make({ kind }).key);
      const mixed = { cert: own.cert, key: own.file('other.key') };
      await assert.rejects(
        readPair(mixed, 0),
        isFault(/other\.key: it is the key of another certificate$/, /^name the key that \S+cert\.pem was/),
      );
    }
  });

  test('a key behind a passphrase is told, in both forms there are', async () => {
    own.openssl('pkey', '-in', own.key, '-aes256', '-passout', 'pass:hedgehog', '-out', 'locked.key');
    own.openssl('ec', '-in', own.key, '-aes256', '-passout', 'pass:hedgehog', '-out', 'locked-ec.key');
    for (const name of ['locked.key', 'locked-ec.key']) {
      const locked = { cert: own.cert, key: own.file(name) };
      await assert.rejects(readPair(locked, 0), isFault(/: it is locked with a passphrase/, /openssl pkey -in KEY -out NEW/));
    }
  });

  test('a key that is too short for today is told in the words of openssl, without its numbers', async () => {
    const short = own.make({ kind: ['-newkey', 'rsa:1024'] });
    writeFileSync(own.file('short.pem'), short.cert);
    writeFileSync(own.file('short.key'), short.key);
    const files = { cert: own.file('short.pem'), key: own.file('short.key') };
    await assert.rejects(readPair(files, 0), isFault(/short\.pem: ee key too small$/, /RSA of 2048 bits/));
  });

  test('a key that is open to everybody is used, and told; one for a group is not', async () => {
    const open = async (mode: number): Promise<readonly string[]> => {
      chmodSync(own.key, mode);
      return (await readPair(own, Date.now())).doubts;
    };
    assert.deepEqual(await open(0o640), []);
    for (const mode of [0o604, 0o666])
      assert.match((await open(mode)).join(), /^the key \S+key\.pem is open to every user of this machine; run chmod 600/);
    assert.deepEqual(await open(0o600), []);
  });

  test('a certificate that is over, or not yet, is used, and told', async () => {
    assert.match((await readPair(own, Date.now() + 3 * DAY)).doubts.join(), /^the certificate \S+ has expired at 2\S+Z; make a new one$/);
    assert.match((await readPair(own, Date.now() - DAY)).doubts.join(), /^the certificate \S+ holds from 2\S+Z on; look at the clock/);
  });
});
