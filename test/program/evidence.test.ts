import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { type Daemon, newProgram, type Program, until } from './program.ts';

describe('who is here, and why we say so, asked of the whole program', needs('nmap', 'root'), () => {
  let program: Program;
  let daemon: Daemon;
  before(async () => {
    program = await newProgram();
    daemon = await program.daemon();
    await until('the first roll', async () => (await program.json('changes')).length > 0);
  });
  after(() => program.end());

  test('this machine is here since its first scan, and its timeline goes on', async () => {
    const [here, ...others] = await program.json('who');
    assert.deepEqual([here.addresses, here.presence, others], [['127.0.0.1'], 'present', []]);
    const [timeline] = await program.json('timeline', '127.0.0.1', '--since', '1h');
    assert.deepEqual(timeline.sessions, [{ presence: 'present', from: here.since, to: null }]);
    assert.equal(timeline.share, 1);
    assert.match((await program.run('timeline', '127.0.0.1', '--ascii')).stdout, /^ {2}\w{3} \d{4}-\d\d-\d\d {2} *[+#]+ *$/m);
    assert.deepEqual(await program.json('who', '--away'), []);
  });

  test("an arrival is explained by nmap's command line and its own lines about the host", async () => {
    const [first] = await program.json('changes', '--kind', 'device.appeared');
    const { steps } = await program.json('why', String(first.seq));
    const [scan] = steps;
    assert.match(scan.commands[0], /nmap .*-- 127\.0\.0\.1/);
    const { lines } = steps.find(({ kind }: { kind: string }) => kind === 'lines');
    assert.match(lines[0], /^<host /);
    assert.ok(lines.some((line: string) => line.includes('addr="127.0.0.1"')));
    assert.match(steps.find(({ kind }: { kind: string }) => kind === 'identity').text, /nobody was known at 127\.0\.0\.1: it is new$/);
    const text = await program.run('why', '127.0.0.1');
    assert.match(text.stdout, /address 127\.0\.0\.1 by scan \d+ \(\w+ of 127\.0\.0\.1, nmap [\d.]+\)/);
    assert.match(text.stdout, /tolerance {2}it may be missed for 45m/);
  });

  test('a device that is forgotten comes again as another', async () => {
    const [{ id }] = await program.json('devices');
    assert.equal((await program.run('forget', '127.0.0.1')).code, 2);
    assert.equal((await program.run('forget', '127.0.0.1', '--yes')).code, 0);
    assert.deepEqual(await program.json('devices'), []);
    await program.json('scan', '127.0.0.1', '--plan', 'sweep');
    const [again] = await program.json('devices');
    assert.ok(again.id > id);
    assert.deepEqual(await program.json('merge'), []);
    assert.ok(daemon.process.exitCode === null);
  });
});
