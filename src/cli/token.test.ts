import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ensureToken } from './token.ts';

const top = mkdtempSync(join(tmpdir(), 'rollcall-token-'));
after(() => rmSync(top, { recursive: true, force: true }));
const folder = (): string => mkdtempSync(join(top, 'data-'));

test('all who ask at once for a token that is not there yet get the same one, and nothing else is left', async () => {
  const data = folder();
  const tokens = await Promise.all(Array.from({ length: 20 }, () => ensureToken(join(data, 'token'))));
  assert.equal(new Set(tokens).size, 1);
  assert.match(tokens[0] as string, /^[0-9a-f]{64}$/);
  assert.deepEqual(readdirSync(data), ['token']);
});

test('S28: a token that others could read is closed to them', async () => {
  const file = join(folder(), 'token');
  writeFileSync(file, 'a-token-of-my-own-making\n');
  chmodSync(file, 0o644);
  assert.equal(await ensureToken(file), 'a-token-of-my-own-making');
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a file without a usable token is named, and kept', async () => {
  const file = join(folder(), 'token');
  writeFileSync(file, 'short');
  await assert.rejects(ensureToken(file), { code: 'bad-input', message: /holds no token/ });
});
