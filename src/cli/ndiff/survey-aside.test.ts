import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { Died } from './died.ts';
import { surveyAside } from './survey-aside.ts';

test('a file that cannot be read beside us is told of as one that we read ourselves', async () => {
  const fd = openSync(tmpdir(), 'r');
  const read = (): never => assert.fail('the thread reads by the descriptor');
  const aside = surveyAside({ fd, size: 0, spooled: false, read, close: () => closeSync(fd) });
  await assert.rejects(aside.done, (thrown) => thrown instanceof Died && thrown.message === "Can't open file: [Errno 21] Is a directory");
  aside.stop();
  closeSync(fd);
});
