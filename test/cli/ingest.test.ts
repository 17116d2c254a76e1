import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { emptyFolder, rollcall } from './fake-world.ts';
import { result, scan } from './make.ts';

const REPORT = 'Nmap scan report for printer (192.0.2.20)\nHost is up.\n';

test('what is piped in is taken in whole, and the result is that of a scan', async () => {
  let taken = '';
  const { code, out, calls } = await rollcall(['ingest'], {
    stdin: [REPORT.slice(0, 10), REPORT.slice(10)],
    answers: {
      ingest: async ({ file }) => {
        taken = await file.text();
        return result({ scan: scan({ plan: 'ingest', subject: 'stdin', privileged: false }) });
      },
    },
  });
  assert.equal(code, 0);
  assert.equal(taken, REPORT);
  const { file: _, ...rest } = calls[0]!.input;
  assert.deepEqual(rest, { name: 'stdin', covers: [] });
  assert.match(out, /^scan 31 of stdin: complete/);
  assert.doesNotMatch(out, /by connections only/, 'it was not our scan');
});

test('a pipe that stands for a file is read like one, also when it is empty', async () => {
  const data = emptyFolder();
  const pipe = join(data, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', 'printf %s "$1" > "$0"', pipe, REPORT]);
  const written = once(writer, 'exit');
  let taken = '';
  const answers = {
    ingest: async ({ file }: { file: File }) => {
      taken = await file.text();
      return result();
    },
  };
  assert.equal((await rollcall(['ingest', 'pipe'], { data, answers })).code, 0);
  await written;
  assert.equal(taken, REPORT);
  const { code, err } = await rollcall(['ingest', '/dev/null'], { data });
  assert.equal(code, 2);
  assert.match(err, /reading report \/dev\/null: it is empty/);
});

test('a file is taken in under its own name, with what it covers and when it was taken', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'sweep.txt'), REPORT);
  let taken = '';
  const argv = ['ingest', 'sweep.txt', '--covers', '192.0.2.0/28', '198.51.100.7', '--at', '1d', '--json'];
  const ran = await rollcall(argv, {
    data,
    answers: {
      ingest: async ({ file }) => {
        taken = await file.text();
        return result();
      },
    },
  });
  assert.equal(taken, REPORT);
  const { name, covers, at } = ran.calls[0]!.input;
  assert.deepEqual({ name, covers, at }, { name: 'sweep.txt', covers: ['192.0.2.0/28', '198.51.100.7'], at: '2026-11-20T12:00:00.000Z' });
  assert.deepEqual(ran.json(), result());
});

test('bad input is refused before anybody is asked', async () => {
  const data = emptyFolder();
  mkdirSync(join(data, 'folder'));
  writeFileSync(join(data, 'huge.xml'), '');
  truncateSync(join(data, 'huge.xml'), 256 * 1024 * 1024 + 1);
  const refused: [string[], RegExp][] = [
    [['ingest'], /reading report from stdin: it is empty/],
    [['ingest', 'missing.xml'], /missing\.xml: there is no such file\n  remedy: check the path/],
    [['ingest', 'folder'], /folder: it is a folder\n  remedy: name a file/],
    [['ingest', 'huge.xml'], /huge\.xml: it is larger than 256 MB/],
    [['ingest', '-', '--at', 'noon'], /reading --at "noon": it is not a time/],
  ];
  for (const [argv, message] of refused) {
    const { code, err, calls } = await rollcall(argv, { data });
    assert.equal(code, 2);
    assert.match(err, message);
    assert.deepEqual(calls, []);
  }
});

test('at a terminal nothing waits for ever: how to pipe is said', async () => {
  const { code, err } = await rollcall(['ingest'], { stdin: 'terminal' });
  assert.equal(code, 2);
  assert.match(err, /nothing is piped in\n  remedy: name a file, or pipe a scan into it: nmap -sn NET \| rollcall ingest/);
});

test('S4: a report that is refused shows why, and exits 2', async () => {
  const { code, out, err } = await rollcall(['ingest', '--json'], {
    stdin: ['<!DOCTYPE a [<!ENTITY b "c">]>'],
    answers: {
      ingest: () => {
        throw new Fault('bad-input', 'reading stdin: it has a document type', 'give it as the tool wrote it');
      },
    },
  });
  assert.equal(code, 2);
  assert.equal(err, '');
  assert.equal(JSON.parse(out).fault.message, 'reading stdin: it has a document type');
});
