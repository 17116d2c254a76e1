import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Fault } from '../core/index.ts';
import { secretOfProvider } from './provider-secret.ts';

const home = mkdtempSync(join(tmpdir(), 'rollcall-secret-'));
after(() => rmSync(home, { recursive: true }));

const fileWith = (content: string): string => {
  const path = join(home, 'secret');
  writeFileSync(path, content);
  return path;
};

test('the secret of a client stands in the config, in a file of one line, or nowhere', async () => {
  assert.equal(await secretOfProvider({ secret: 'canary', secretFile: null }), 'canary');
  assert.equal(await secretOfProvider({ secret: null, secretFile: null }), null);
  for (const end of ['', '\n', '\r\n']) assert.equal(await secretOfProvider({ secret: null, secretFile: fileWith(`a b${end}`) }), 'a b');
});

test('S24: a file that holds no secret is told by its name and why, without what it holds', async () => {
  const cases: [string, RegExp][] = [
    [fileWith(''), /it is empty/],
    ['/dev/zero', /it is no file/],
    [join(home, 'none'), /secret_file .*none: /],
  ];
  for (const [secretFile, why] of cases)
    await assert.rejects(
      secretOfProvider({ secret: null, secretFile }),
      (thrown) => thrown instanceof Fault && thrown.code === 'unavailable' && why.test(thrown.message),
    );
  for (const content of ['canary\ncanary', 'canary\u001b[2J', `canary${'x'.repeat(5000)}`])
    await assert.rejects(
      secretOfProvider({ secret: null, secretFile: fileWith(content) }),
      (thrown) => thrown instanceof Fault && !thrown.message.includes('canary'),
    );
});
