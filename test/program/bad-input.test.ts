import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { appendFile, copyFile, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { parseTarget } from '../../src/core/index.ts';
import { HOSTILE_TARGETS, REFUSED_TARGETS } from '../fixtures/hostile-targets.ts';
import { type Ended, freePort, newProgram, type Program, until } from './program.ts';
import { type Recorder, recorder } from './recorder.ts';

/** Refused with one sentence and its remedy, not with a stack. */
function assertRefused({ code, stdout, stderr }: Ended, what: RegExp): void {
  assert.equal(code, 2, stdout + stderr);
  assert.match(stderr, what);
  assert.match(stderr, /remedy: \S/);
  assert.doesNotMatch(stderr, /should not happen|\berror\b|^ +at /im);
}

/** A few of each kind: a process for each of them all would take minutes. */
const SAMPLE = REFUSED_TARGETS.filter((text, i) => i % 47 === 0 && text.length < 1000 && !text.includes('\0') && text.isWellFormed());
/** What may not be asked of a name server from here. */
const isName = (text: string): boolean => {
  const target = parseTarget(text);
  return target.ok && target.value.kind === 'hostname';
};

describe('S1: hostile targets, through every door', () => {
  let nmap: Recorder;
  let program: Program;
  let token: string;
  before(async () => {
    nmap = recorder();
    program = await newProgram({ config: `[self]\nwatch = false\n${nmap.config}` });
    await program.daemon();
    token = (await program.run('token')).stdout.trim();
  });
  after(async () => {
    await program.end();
    nmap.remove();
  });

  const post = async (path: string, body: object): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`http://127.0.0.1:${program.port}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  };

  test(`${REFUSED_TARGETS.length} strings are refused by the API, each with a remedy, and nothing is stored`, async () => {
    for (const target of REFUSED_TARGETS) {
      for (const [path, body] of [
        ['/scans', { targets: [target] }],
        ['/scans', { targets: ['127.0.0.1', target] }],
        ['/targets', { target }],
      ] as const) {
        const { status, text } = await post(path, body);
        assert.ok(status === 400 || status === 413, `${path} ${JSON.stringify(target).slice(0, 80)}: ${status} ${text.slice(0, 200)}`);
        assert.ok(text.length < 2000 && /remedy|larger/.test(text), text.slice(0, 300));
      }
    }
    assert.deepEqual(await program.json('scans'), []);
    assert.deepEqual(await program.json('targets'), []);
    assert.deepEqual(nmap.calls(), []);
  });

  test('odd ones may pass, but only canonical targets reach nmap, and only behind "--"', async () => {
    for (const target of HOSTILE_TARGETS.filter((text) => !isName(text))) await post('/scans', { targets: [target], plan: 'sweep' });
    await post('/scans', { targets: ['10.0.0.9'], plan: 'sweep' });
    await until('the last scan', () => nmap.calls().some((call) => call.at(-1) === '10.0.0.9'));
    assert.ok(nmap.calls().length > 3);
    for (const call of nmap.calls()) {
      const split = call.indexOf('--');
      assert.ok(split > 0, call.join(' '));
      for (const option of call.slice(0, split))
        assert.match(
          option,
          /^(-n|-6|-oX|-|--stats-every|1s|--noninteractive|--privileged|--unprivileged|-sn|-e|[a-z]+\d*|-PR|--max-rate|\d+|-T\d|-P[A-Z][\d,]*|--host-timeout|\d+ms|--max-retries)$/,
          call.join(' '),
        );
      for (const target of call.slice(split + 1)) {
        const parsed = parseTarget(target);
        assert.ok(parsed.ok && parsed.value.kind === 'ranges' && parsed.value.text === target, target);
      }
    }
  });

  for (const target of SAMPLE)
    test(`the command line refuses ${JSON.stringify(target)}`, async () => {
      assertRefused(await program.run('scan', '--plan=sweep', '--', target), /reading target/);
      assertRefused(await program.run('watch', '--', target), /reading target/);
    });

  test('the config file refuses them all at once, each with its line', async () => {
    const written = REFUSED_TARGETS.filter((text) => text.length < 300 && text.isWellFormed());
    const file = join(program.data, 'hostile.toml');
    await writeFile(file, written.map((text) => `[[target]]\ntarget = ${JSON.stringify(text).replaceAll('\x7f', '\\u007f')}\n`).join(''));
    const { code, stdout } = await program.run('config', 'check', file, '--json');
    assert.equal(code, 2);
    const { faults } = JSON.parse(stdout) as { faults: { path: string; line: number; remedy: string }[] };
    assert.deepEqual(
      faults.map(({ line }) => line),
      written.map((_, i) => 2 * i + 2),
    );
    assert.ok(faults.every(({ path, remedy }) => /^target\[\d+\]\.target$/.test(path) && remedy !== ''));
  });
});

describe('wrong values are named, and nothing is stored', () => {
  let nmap: Recorder;
  let program: Program;
  before(async () => {
    nmap = recorder();
    program = await newProgram({ config: nmap.config });
  });
  after(async () => {
    await program.end();
    nmap.remove();
  });

  const wrong: readonly (readonly [argv: string, message: RegExp])[] = [
    ['scan 127.0.0.1 --ports 70000', /ports "70000"/],
    ['scan 127.0.0.1 --ports=--script=vuln', /ports "--script=vuln"/],
    ['scan 127.0.0.1 --ports 22;id', /ports "22;id"/],
    ['scan 127.0.0.1 --ports 80-22', /ports "80-22"/],
    ['scan 127.0.0.1 --iface=-iL', /interface: "-iL"/],
    ['scan 127.0.0.1 --iface ../../etc', /interface: "\.\.\/\.\.\/etc"/],
    ['scan 127.0.0.1 --iface eth0;id', /interface: "eth0;id"/],
    ['scan 127.0.0.1 --plan vuln', /"vuln" is invalid.*sweep, ports/],
    ['scan 127.0.0.1 --script vuln', /unknown option "--script"/],
    ['watch 127.0.0.1 --every 0s', /every "0s"/],
    ['watch 127.0.0.1 --every 1s', /1000 ms is shorter/],
    ['watch 127.0.0.1 --every -5m', /every "-5m"/],
    ['watch 127.0.0.1 --every 1e9d', /every "1e9d"/],
    ['watch 127.0.0.1 --every 5m --zone Mars/X', /--zone "Mars\/X"/],
    ['watch 127.0.0.1 --at junk', /cron line "junk"/],
    ['watch 127.0.0.1 --at @reboot --zone UTC', /cron line "@reboot"/],
    ['watch 127.0.0.1 --window forever', /window "forever"/],
    ['watch 127.0.0.1 --iface $(id)', /interface: "\$\(id\)"/],
    ['unwatch 127.0.0.9', /"127\.0\.0\.9": it is not watched/],
    ['device nobody', /device "nobody"/],
    ['devices --at yesterday', /--at "yesterday"/],
    ['changes --since tomorrow', /--since "tomorrow"/],
    ['changes --limit 0', /--limit "0"/],
    ['scans --limit -1', /--limit/],
    ['scna 127.0.0.1', /no command "scna"/],
    ['scan', /missing required argument "target"/],
    ['ingest /no/such/file', /\/no\/such\/file/],
    ['ingest /', /it is a folder/],
    ['restore /etc/passwd', /restoring \/etc\/passwd/],
    ['backup /no/such/folder/x', /\/no\/such\/folder\/x/],
    ['config check /no/such.toml', /\/no\/such\.toml/],
    ['config chekc', /config cannot "chekc"/],
    ['completion tcsh', /"tcsh" is invalid/],
  ];
  for (const [argv, message] of wrong) test(`rollcall ${argv}`, async () => assertRefused(await program.run(...argv.split(' ')), message));

  test('values with spaces: cron lines of impossible times, an unknown zone, nothing at all', async () => {
    assertRefused(await program.run('watch', '127.0.0.1', '--at', '60 3 * * *'), /"60" cannot stand for the minute/);
    assertRefused(await program.run('watch', '127.0.0.1', '--at', '0 3 30 2 *'), /no month has/);
    assertRefused(await program.run('watch', '127.0.0.1', '--at', '0 3 * * *', '--zone', 'Mars/X'), /zone "Mars\/X"/);
    assertRefused(await program.run('device', ''), /reading reference "": it is empty/);
  });

  test('after all of that nothing is stored, and nothing was scanned', async () => {
    assert.deepEqual([await program.json('scans'), await program.json('targets'), nmap.calls()], [[], [], []]);
  });

  test('an interface that does not exist cannot be looked from, not even at this machine itself', async () => {
    const { code, stdout } = await program.run('scan', '127.0.0.1', '--iface', 'nope0', '--json');
    assert.equal(code, 2);
    assert.deepEqual(JSON.parse(stdout).scan.cause, { code: 'interface-gone', text: 'interface nope0 does not exist' });
    assert.deepEqual(nmap.calls(), []);
  });
});

describe('a config file with faults', () => {
  test('unknown keys are told with line and suggestion, at every door, and no state folder is made', async () => {
    const program = await newProgram();
    await writeFile(program.config, '[htpp]\nport = 1\n\n[http]\nprot = 9\n[[target]]\ntarget = "127.0.0.1"\nevry = "5m"\n');
    for (const command of ['run', 'start', 'devices', 'scan 127.0.0.1'].map((line) => line.split(' '))) {
      const ended = await program.run(...command);
      assertRefused(ended, /rollcall\.toml:1: reading htpp: there is no such key\n {2}remedy: did you mean "http"\?/);
      assert.match(ended.stderr, /:5: reading http\.prot: .*\n {2}remedy: did you mean "port"\?/);
      assert.match(ended.stderr, /:8: reading target\[0\]\.evry: .*\n {2}remedy: did you mean "every"\?/);
    }
    assert.ok(!existsSync(program.data));
    await program.end();
  });
});

describe('a store that cannot be used', () => {
  let program: Program;
  const store = (): string => join(program.data, 'rollcall.db');
  before(async () => {
    program = await newProgram();
    await program.json('devices');
  });
  after(() => program.end());

  const assertLeftAlone = async (what: RegExp): Promise<void> => {
    const bytes = await readFile(store());
    for (const command of ['run', 'devices', 'scan 127.0.0.1']) assertRefused(await program.run(...command.split(' ')), what);
    assertRefused(await program.run('start'), what);
    assert.ok(bytes.equals(await readFile(store())), 'it was written to');
  };

  test('R28: of a newer version', async () => {
    await copyFile(store(), `${store()}.sound`);
    const database = new DatabaseSync(store());
    database.exec("insert into migration (name) values ('9999-from-the-future')");
    database.close();
    await assertLeftAlone(/9999-from-the-future/);
  });

  test('R24: damaged, or cut off, or never one', async () => {
    await copyFile(`${store()}.sound`, store());
    const file = await open(store(), 'r+');
    await file.write(Buffer.alloc(16_384, 0xa5), 0, 16_384, 8192);
    await file.close();
    await assertLeftAlone(/damaged.*|malformed/);
    await writeFile(store(), (await readFile(`${store()}.sound`)).subarray(0, 5000));
    await assertLeftAlone(/damaged/);
    await writeFile(store(), Buffer.alloc(5000, 'no database '));
    await assertLeftAlone(/no database/);
  });

  test('R24: a backup puts it right, and what was there is kept beside', async () => {
    assertRefused(await program.run('restore', store()), /name a sound copy|damaged/);
    const restored = await program.json('restore', `${store()}.sound`);
    assert.ok(JSON.stringify(restored).includes('before-restore'));
    assert.deepEqual(await program.json('devices'), []);
    assert.ok(readdirSync(program.data).some((name) => name.includes('before-restore')));
  });
});

describe('a place that is taken', () => {
  test('a busy port: exit 2, nothing is scanned or stored', async () => {
    const nmap = recorder();
    const program = await newProgram({ config: nmap.config });
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(program.port, '127.0.0.1', resolve));
    assertRefused(await program.run('run'), new RegExp(`127\\.0\\.0\\.1:${program.port}: the port is taken`));
    assertRefused(await program.run('start'), /the port is taken/);
    assert.deepEqual([await program.json('scans'), await program.json('targets'), nmap.calls()], [[], [], []]);
    squatter.close();
    await program.end();
    nmap.remove();
  });

  test('R30: a second daemon, also on another port, is refused and names the first; the first goes on', async () => {
    const program = await newProgram({ config: '[self]\nwatch = false\n' });
    const first = await program.daemon();
    const other = join(program.data, 'other.toml');
    await writeFile(other, `[http]\nport = ${await freePort()}\n`);
    const { code, stderr } = await program.run('run', '--config', other);
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`process ${first.pid} .*\\n {2}remedy: `));
    assert.equal((await program.json('status')).pid, first.pid);
    await program.end();
  });

  test('a file where the state folder should be, or a token that is none', async () => {
    const program = await newProgram();
    await writeFile(program.data, 'a file');
    for (const command of ['devices', 'start', 'run', 'token'])
      assertRefused(await program.run(command), /a file is in the way|no(t a)? folder/);
    const inside = await program.run('devices', '--data', join(program.data, 'deeper'));
    assertRefused(inside, /no(t a)? folder/);
    await program.end();
    const second = await newProgram();
    await mkdir(second.data);
    await writeFile(join(second.data, 'token'), 'short\n');
    assertRefused(await second.run('run'), /token: it holds no token/);
    await appendFile(join(second.data, 'token'), '');
    await second.end();
  });
});
