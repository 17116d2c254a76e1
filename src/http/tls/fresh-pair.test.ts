import assert from 'node:assert/strict';
import { renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { type OwnCertificate, ownCertificate } from '../../../test/make/own-certificate.ts';
import { needs } from '../../../test/needs.ts';
import { until } from '../../../test/program/program.ts';
import { type FreshPair, keepFresh } from './fresh-pair.ts';
import type { Pair, PairFiles } from './pair.ts';

interface Following extends Disposable {
  readonly fresh: FreshPair;
  readonly used: Pair[];
  readonly log: string[];
}

async function follow(files: PairFiles, every = 20): Promise<Following> {
  const [used, log]: [Pair[], string[]] = [[], []];
  const say = (_: object, message: string): void => void log.push(message);
  const fresh = await keepFresh({ files, every, use: (pair) => void used.push(pair), log: { info: say, warn: say, error: say } });
  return { fresh, used, log, [Symbol.dispose]: () => fresh.stop() };
}

suite('files that are followed', needs('openssl'), () => {
  const own: OwnCertificate = ownCertificate();

  test('what does not change is never read again, however often others are', async () => {
    const other = ownCertificate();
    using still = await follow(other);
    using following = await follow(own);
    for (const times of [1, 2]) {
      own.replace(own.make());
      await until('the change', () => following.used.length === times);
    }
    assert.deepEqual([still.used, still.log], [[], []]);
  });

  test('a link that leads elsewhere is a change, though no file was written', async () => {
    const next = own.make();
    writeFileSync(own.file('1.pem'), own.make().cert);
    writeFileSync(own.file('2.pem'), next.cert);
    writeFileSync(own.file('2.key'), next.key, { mode: 0o600 });
    symlinkSync('1.pem', own.file('live.pem'));
    using following = await follow({ cert: own.file('live.pem'), key: own.file('2.key') });
    symlinkSync('2.pem', own.file('next.pem'));
    renameSync(own.file('next.pem'), own.file('live.pem'));
    await until('the link to be followed', () => following.used.length === 1);
    assert.equal(following.used[0]?.cert, next.cert);
    unlinkSync(own.file('live.pem'));
    await until('the fault', () => /not taken over/.test(following.log.at(-1) ?? ''));
    assert.equal(following.used.length, 1);
  });

  test('files that are still being written are not read between the two', async () => {
    using following = await follow(own, 400);
    const next = own.make();
    own.replace({ cert: next.cert });
    own.replace({ key: next.key });
    await until('the pair', () => following.used.length === 1);
    assert.deepEqual(following.log, ['certificate taken over']);
  });

  test('to ask at once from many sides reads one after the other, and all are answered', async () => {
    using following = await follow(own, 3_600_000);
    await Promise.all(Array.from({ length: 10 }, () => following.fresh.reread()));
    assert.equal(following.used.length, 10);
  });

  test('whoever stopped uses nothing more, not even what was being read', async () => {
    const following = await follow(own);
    const reading = following.fresh.reread();
    following.fresh.stop();
    await reading;
    using other = await follow(own);
    own.replace(own.make());
    await until('somebody else to use it', () => other.used.length === 1);
    assert.deepEqual([following.used, following.log], [[], []]);
  });
});
