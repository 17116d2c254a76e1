import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { EXPORT_FORMATS } from '../../src/core/index.ts';
import { readNmapBytes } from '../../src/nmap-xml/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program } from './program.ts';

const run = promisify(execFile);

/** Lines of a text that tell of hosts and ports, whatever moment they were printed at. */
const telling = (text: string, pattern: RegExp): string[] => text.split('\n').filter((line) => pattern.test(line));

describe('a scan in the forms of other programs, beside what nmap itself writes', needs('nmap', 'root'), () => {
  let program: Program;
  let server: Server;
  let ports: string;
  let id: string;
  const real: Record<'grepable' | 'normal', string> = { grepable: '', normal: '' };

  before(async () => {
    program = await newProgram({ config: '[self]\nwatch = false\n' });
    server = createServer((socket) =>
      socket.on('error', () => {}).on('data', () => socket.end('HTTP/1.0 200 OK\r\nServer: Apache/2.4.1 (a/b)\r\n\r\n')),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    ports = `${port},1-30`;
    const [{ scan }] = [await program.json('scan', '127.0.0.1', '--plan', 'services', '--ports', ports)];
    id = String(scan.id);
    const files = { grepable: join(program.data, 'real.gnmap'), normal: join(program.data, 'real.nmap') };
    const line = ['-n', '-sS', '-sV', '-T4', '-p', ports, '-oG', files.grepable, '-oN', files.normal, '127.0.0.1'];
    await run('nmap', line);
    real.grepable = readFileSync(files.grepable, 'utf8');
    real.normal = readFileSync(files.normal, 'utf8');
  });
  after(async () => {
    server?.close();
    await program?.end();
  });

  const exported = async (as: string): Promise<string> => {
    const { code, stdout, stderr } = await program.run('export', id, '--as', as);
    assert.equal(code, 0, stderr);
    return stdout;
  };

  test('xml is one document of nmap, whole', async () => {
    const { ending, hosts, header } = readNmapBytes(Buffer.from(await exported('xml')));
    assert.deepEqual([ending, hosts.length], ['complete', 1]);
    assert.match(header?.args ?? '', /^\S*nmap .* -- 127\.0\.0\.1$/);
  });

  test('grepable says of hosts and ports the very same as nmap -oG', async () => {
    const ours = await exported('grepable');
    assert.deepEqual(telling(ours, /^Host:/), telling(real.grepable, /^Host:/));
    assert.match(ours, /Apache httpd 2\.4\.1 \(\(a\|b\)\)/, 'a slash in a version begins no field');
    const frame =
      /^# Nmap [\d.]+ scan initiated \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4} as: |^# Nmap done at .* -- 1 IP address \(1 host up\) scanned in [\d.]+ seconds$/;
    assert.equal(telling(ours, frame).length, 2, ours);
    assert.equal(telling(real.grepable, frame).length, 2);
  });

  test('normal has the same table as nmap -oN', async () => {
    const table = /^Nmap scan report|^PORT|^\d+\/tcp|^Not shown/;
    const withoutReasons = (line: string): string => line.replace(/ \([a-z-]+\)$/, '');
    assert.deepEqual(telling(await exported('normal'), table), telling(real.normal, table).map(withoutReasons));
  });

  test('csv has a row for the open port, json all there is', async () => {
    const port = ports.split(',')[0] as string;
    const rows = (await exported('csv')).split('\r\n');
    assert.equal(rows[0], 'scan,seen,address,mac,vendor,names,os,protocol,port,state,service,product,version,extra,tunnel');
    assert.match(
      rows[1] as string,
      new RegExp(`^${id},2\\d{3}-.*Z,127\\.0\\.0\\.1,,,.*,,tcp,${port},open,http,Apache httpd,2\\.4\\.1,\\(a/b\\),$`),
    );
    const { scan, kept, hosts } = JSON.parse(await exported('json'));
    assert.deepEqual(
      [String(scan.id), kept, hosts[0].unlisted],
      [id, true, [{ protocol: 'tcp', state: 'closed', count: 30, ports: '1-30' }]],
    );
  });

  test('a daemon gives the same, and scans for reports', async () => {
    const alone = new Map<string, string>();
    for (const as of EXPORT_FORMATS) alone.set(as, await exported(as));
    const daemon = await program.daemon();
    for (const as of EXPORT_FORMATS) assert.equal(await exported(as), alone.get(as), as);
    const folder = join(program.data, '..', 'reports');
    const report = () => program.run('report', '127.0.0.1', '-o', folder, '--plan', 'ports', '--ports', '1-30');
    const [first, second] = [await report(), await report()];
    assert.deepEqual([first.code, second.code], [0, 0], first.stderr + second.stderr);
    assert.match(second.stdout, /no differences, 1 same/);
    await daemon.stop();
  });

  test('-o writes a file for its owner alone; what is not there, or no scan, is refused', async () => {
    const path = join(program.data, 'out.xml');
    assert.equal((await program.run('export', id, '-o', path)).code, 0);
    assert.equal(readFileSync(path, 'utf8'), await exported('xml'));
    for (const [words, told] of [
      [['export', '999'], /scan 999: .*none/],
      [['export', '../x'], /it is no number/],
      [['export', id, '--as', 'pdf'], /pdf/],
      [['export', id, '-o', '/nowhere/out.xml'], /there is no such folder/],
    ] as const) {
      const { code, stderr } = await program.run(...words);
      assert.equal(code, 2);
      assert.match(stderr, told);
    }
  });
});
