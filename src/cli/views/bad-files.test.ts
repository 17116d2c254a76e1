import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { scanXml, testFolder } from '../../../test/make/nmap-file.ts';
import { Fault } from '../../core/index.ts';
import { openFileView } from './file-view.ts';

const SCAN = scanXml({ hosts: [{}, { address: '10.0.0.2' }] });

async function refused(path: string): Promise<Fault> {
  const fault: unknown = await openFileView(path, { title: 'f.xml', now: 0 }).catch((reason: unknown) => reason);
  assert.ok(fault instanceof Fault, `took ${path}`);
  assert.match(fault.message, /^reading f\.xml: [^A-Z]/);
  assert.doesNotMatch(fault.message, /\berror\b/);
  assert.ok(fault.remedy);
  return fault;
}

const contentRefused = (t: TestContext, content: string | Uint8Array): Promise<Fault> => refused(testFolder(t)('f.xml', content));

test('a path that leads to no file is refused with what is wrong with it', async (t) => {
  const there = testFolder(t)('there', SCAN);
  const folder = dirname(there);
  symlinkSync('loop', join(folder, 'loop'));
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [folder, 'bad-input', /it is a folder/],
    [join(folder, 'missing'), 'not-found', /there is no such file/],
    [join(there, 'below'), 'not-found', /part of the path is not a folder/],
    [join(folder, 'loop'), 'not-found', /circle/],
    [join(folder, 'x'.repeat(5000)), 'bad-input', /too long/],
  ];
  for (const [path, code, text] of cases) {
    const fault = await refused(path);
    assert.equal(fault.code, code);
    assert.match(fault.message, text);
  }
});

test('a file that may not be read is refused', { skip: process.getuid?.() === 0 && 'root may read everything' }, async (t) => {
  const path = testFolder(t)('f.xml', SCAN);
  chmodSync(path, 0);
  assert.equal((await refused(path)).code, 'refused');
});

test('what only has to be unpacked is told with how', async (t) => {
  const wide = Buffer.from(SCAN, 'utf16le');
  const cases: readonly (readonly [Uint8Array, RegExp, RegExp])[] = [
    [gzipSync(SCAN), /compressed with gzip/, /<\(gunzip -c FILE\)/],
    [Buffer.from('BZh91AY&SY'), /bzip2/, /bunzip2/],
    [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), /xz/, /xz -dc/],
    [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 4]), /zstd/, /zstd -dc/],
    [Buffer.from('PK\u0003\u0004'), /zip archive/, /unzip -p/],
    [Buffer.concat([Buffer.from([0xff, 0xfe]), wide]), /UTF-16/, /iconv -f UTF-16 /],
    [wide, /UTF-16/, /iconv -f UTF-16LE/],
  ];
  for (const [content, what, remedy] of cases) {
    const fault = await contentRefused(t, content);
    assert.match(fault.message, what);
    assert.match(fault.remedy ?? '', remedy);
  }
});

test('S4: what is no nmap XML is refused with the place, and what it is where that can be told', async (t) => {
  const cases: readonly (readonly [string | Uint8Array, RegExp])[] = [
    ['', /it is empty/],
    [' \n\n', /it is empty/],
    ['# Nmap 7.93 scan initiated Mon Mar  2 10:00:00 2026 as: nmap -oN f 10.0.0.1\n', /nmap's normal output/],
    ['# Nmap 7.93 scan initiated Mon Mar  2 10:00:00 2026 as: nmap -oG f 10.0.0.1\nHost: 10.0.0.1 ()\tStatus: Up\n', /grepable/],
    ['Starting Nmap 7.93 ( https://nmap.org )\n', /nmap's normal output/],
    ['Interface: va, type: EN10MB\n', /arp-scan/],
    ['\n\n  hello', /does not start with an element \(line 3, column 3, byte 4\)/],
    ['<html>\n<nmaprun/></html>', /it starts with "html", not with "nmaprun" \(line 1, column 1, byte 0\)/],
    ['<?xml version="1.0"?><!DOCTYPE nmaprun [<!ENTITY a "b">]><nmaprun/>', /defines entities/],
    [new Uint8Array([0, 1, 2, 3]), /byte 0/],
    ['{"a": 1}', /line 1/],
  ];
  for (const [content, text] of cases) {
    const fault = await contentRefused(t, content);
    assert.equal(fault.code, 'bad-input');
    assert.match(fault.message, text);
  }
});

test('what can be read only once is copied first, and read twice', async (t) => {
  const path = testFolder(t)('scan.xml', SCAN);
  const pipe = join(dirname(path), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', 'cat "$0" > "$1"', path, pipe]);
  const seen = await openFileView(pipe, { now: 0 });
  await new Promise((resolve) => writer.on('close', resolve));
  assert.deepEqual([seen.partial, seen.entries.length, seen.read(1).device.addresses[0]?.address], [null, 2, '10.0.0.2']);
  seen.close();
});
