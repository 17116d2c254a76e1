// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { type Ended, newProgram, type Program } from './program.ts';

const web = (server: string): string => `HTTP/1.0 200 OK\r\nContent-Length: 0\r\nServer: ${server}\r\n\r\n`;

/** S4, walked: a fast look each night, the differences, and what the new ports serve. */
describe('night after night: what differs, and the details of exactly that', needs('nmap', 'netns', 'python3'), () => {
  let lan: Lan;
  let program: Program;
  let folder: string;

  before(async () => {
    lan = await createLan({ hosts: 3 });
    program = await newProgram({ config: '[self]\nwatch = false\n', prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    folder = join(program.data, '..', 'nights');
    await lan.open(lan.hosts[0] as LanHost, 80, web('nginx/1.22.1'));
  });
  after(async () => {
    await program?.end();
    await lan?.stop();
  });

  const night = (...more: string[]): Promise<Ended> =>
    program.run('nightly', '10.77.0.1-3', '-o', folder, '--ports', '20-30,80,443', ...more);
  const files = (pattern: RegExp): string[] =>
    readdirSync(folder)
      .filter((name) => pattern.test(name))
      .sort();
  const newest = (pattern: RegExp): string => readFileSync(join(folder, files(pattern).at(-1) as string), 'utf8');

  test('the first night says that it is the first, and asks every open port once', async () => {
    const { code, stdout, stderr } = await night();
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^Night of .*: first report, 3 hosts up\n/);
    assert.match(stdout, /follow-up of 1 port that opened: scan \d+ complete/);
    assert.match(stdout, /80\/tcp http nginx 1\.22\.1/);
  });

  test('a night without anything new says so, and asks nobody', async () => {
    const { code, stdout } = await night();
    assert.equal(code, 0, stdout);
    assert.match(stdout, /no differences, 3 same\n\nfollow-up: nothing is due\n$/);
    assert.equal(files(/^details-/).length, 3);
  });

  test('with --cmdout the commands are written to be inspected, and nothing of them is run', async () => {
    await lan.open(lan.hosts[1] as LanHost, 443, web('nginx/1.24.0'));
    const [script, text] = [join(program.data, '..', 'next.sh'), join(program.data, '..', 'night.txt')];
    const scans = (await program.json('scans')).length;
    const { code, stdout } = await night('--cmdout', script, '--diffout', text);
    assert.equal(code, 1, stdout);
    assert.match(stdout, /~ 10\.77\.0\.2 .*\n {2}\+ 443\/tcp {2}opened/);
    assert.match(stdout, /follow-up, not asked yet: 1 port that opened/);
    assert.equal(readFileSync(text, 'utf8'), stdout);
    assert.equal((await program.json('scans')).length, scans + 1);
    const lines = readFileSync(script, 'utf8').split('\n');
    assert.deepEqual(lines.slice(0, 2), ['#!/bin/sh', '# 1 port that opened, of 10.77.0.1-10.77.0.3']);
    assert.match(lines[2] as string, /nmap .* -p 443 -sV .* -- 10\.77\.0\.2$/);
    assert.deepEqual(
      (await program.run('followup', '--print', '10.77.0.1-3')).stdout.trim().split('\n'),
      lines.slice(2, -1),
      'as followup --print has them',
    );
  });

  test('the next night asks exactly that one pair, and keeps the details as nmap would', async () => {
    const { code, stdout } = await night();
    assert.equal(code, 0, stdout);
    assert.match(stdout, /no differences, 3 same/);
    assert.match(stdout, /443\/tcp .*http nginx 1\.24\.0/);
    const { details } = JSON.parse(newest(/^report-.*\.json$/));
    assert.deepEqual(
      details.due.lots.map(({ addresses, ports }: { addresses: string[]; ports: object }) => [addresses, ports]),
      [[['10.77.0.2'], { tcp: '443' }]],
    );
    const argv = details.taken.scan.commands[0] as string[];
    assert.deepEqual([argv[argv.indexOf('-p') + 1], argv.slice(argv.indexOf('--') + 1)], ['443', ['10.77.0.2']]);
    assert.match(newest(/^details-.*\.nmap$/), /^443\/tcp open +(?:ssl\/)?http +nginx 1\.24\.0$/m);
    assert.match(newest(/^details-.*\.gnmap$/), /^Host: 10\.77\.0\.2 \(\)\tPorts: 443\/open\/tcp\/\/(?:ssl\|)?http\/\/nginx 1\.24\.0\/$/m);
    assert.match(newest(/^details-.*\.xml$/), /<nmaprun .*443/s);
  });

  test('without targets it looks at all that is watched, and without any says how to begin', async () => {
    const nobody = await program.run('nightly', '-o', folder);
    assert.equal(nobody.code, 2);
    assert.match(nobody.stderr, /names no target, and none is watched/);
    await program.run('watch', '10.77.0.1');
    const one = await program.run('nightly', '-o', join(folder, 'watched'), '--ports', '80');
    assert.equal(one.code, 0, one.stderr);
    assert.match(one.stdout, /^Night of 10\.77\.0\.1, /);
  });
});
