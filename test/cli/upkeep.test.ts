import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { parseFilter } from '../../src/inventory/index.ts';
import { emptyFolder, rollcall } from './fake-world.ts';

test('the doctor lists what is fine, limited and broken; only broken things make it exit 1', async () => {
  const fine = { level: 'fine', topic: 'nmap', text: '7.93 at /usr/bin/nmap', remedy: null };
  const limited = { level: 'limited', topic: 'privilege', text: 'connections only', remedy: 'run it as root' };
  const broken = { level: 'broken', topic: 'store', text: 'the disk is full', remedy: 'make room' };
  const { code, out } = await rollcall(['doctor'], { answers: { 'doctor.get': () => [fine, limited] } });
  assert.equal(code, 0);
  assert.equal(out, 'fine    nmap: 7.93 at /usr/bin/nmap\nlimited privilege: connections only\n        remedy: run it as root\n');
  const ran = await rollcall(['doctor', '--json'], { answers: { 'doctor.get': () => [fine, broken] } });
  assert.equal(ran.code, 1);
  assert.deepEqual(ran.json(), [fine, broken]);
});

test('the token is made once, for its owner only, and printed alone', async () => {
  const data = join(emptyFolder(), 'state');
  const first = await rollcall(['token'], { data });
  assert.deepEqual([first.code, first.err], [0, '']);
  assert.match(first.out, /^[0-9a-f]{64}\n$/);
  assert.equal(statSync(join(data, 'token')).mode & 0o777, 0o600);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  assert.equal((await rollcall(['token'], { data })).out, first.out);
  assert.deepEqual((await rollcall(['token', '--json'], { data })).json(), { token: first.out.trim(), file: join(data, 'token') });
});

test('a token file without a token is refused, not printed', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'token'), '\n');
  const { code, out, err } = await rollcall(['token'], { data });
  assert.deepEqual([code, out], [2, '']);
  assert.match(err, /it holds no token of 16 characters or more\n  remedy: remove the file/);
});

test('a backup goes where it was said, seen from the current folder', async () => {
  const data = emptyFolder();
  const answers = { backup: ({ path }: { path: string }) => ({ path }) };
  const { code, out, calls } = await rollcall(['backup', 'copy.db'], { data, answers });
  assert.deepEqual([code, out], [0, `store copied to ${join(data, 'copy.db')}\n`]);
  assert.deepEqual(calls[0]?.input, { path: join(data, 'copy.db') });
  assert.deepEqual((await rollcall(['backup', '/tmp/x', '--json'], { answers })).json(), { path: '/tmp/x' });
});

test('R22: a full disk is said in one line, without a stack', async () => {
  const answers = {
    backup: () => {
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: '/full/copy.db', syscall: 'write' });
    },
  };
  const { code, err } = await rollcall(['backup', '/full/copy.db'], { answers });
  assert.deepEqual(
    [code, err],
    [2, 'rollcall: write /full/copy.db: the disk is full\n  remedy: make room, or choose another place with --data\n'],
  );
});

test('a restore puts the file in place and says where the old store is kept', async () => {
  const data = emptyFolder();
  const restored: string[] = [];
  const world = {
    restore: async (house: { places: { data: string } }, from: string) => {
      restored.push(house.places.data, from);
      return '/state/rollcall.db.old';
    },
  };
  const { code, out } = await rollcall(['restore', 'copy.db'], { data, world });
  assert.equal(code, 0);
  assert.deepEqual(restored, [data, join(data, 'copy.db')]);
  assert.equal(out, `store restored from ${join(data, 'copy.db')}; the old one is kept as /state/rollcall.db.old\n`);
});

test('R24: a restore from what is no backup is refused in its words', async () => {
  const world = {
    restore: async () => {
      throw new Fault('bad-input', 'restoring copy.db: it is not a store', 'name a file that "rollcall backup" wrote');
    },
  };
  const { code, out } = await rollcall(['restore', 'copy.db', '--json'], { world });
  assert.equal(code, 2);
  assert.equal(JSON.parse(out).fault.code, 'bad-input');
});

const CONFIG = '[[target]]\ntarget = "192.0.2.0/28"\n';

test('config check says that the file is sound and what is in it', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'mine.toml'), CONFIG);
  const { code, out } = await rollcall(['config', 'check', 'mine.toml'], { data });
  assert.deepEqual([code, out], [0, `${join(data, 'mine.toml')}: sound, 1 target, 0 allowances\n`]);
  assert.equal((await rollcall(['config', 'check', '--config', 'mine.toml'], { data })).code, 0);
});

test('R48: config check tells every fault with its line and remedy, and exits 2', async () => {
  const data = emptyFolder();
  const file = join(data, 'bad.toml');
  writeFileSync(file, '[http]\nprot = 1\nport = "x"\n');
  const { code, out, err } = await rollcall(['config', 'check', 'bad.toml'], { data });
  assert.equal(code, 2);
  assert.equal(
    out,
    `${file}:2: reading http.prot: there is no such key\n  remedy: did you mean "port"?\n` +
      `${file}:3: reading http.port: "x" is not a port\n  remedy: write a whole number from 1 to 65535, without quotes, like 9090\n`,
  );
  assert.equal(err, '2 faults found\n');
  const ran = await rollcall(['config', 'check', 'bad.toml', '--json'], { data });
  assert.deepEqual(
    ran.json().faults.map(({ path, line }: { path: string; line: number }) => [path, line]),
    [
      ['http.prot', 2],
      ['http.port', 3],
    ],
  );
  assert.deepEqual([ran.json().ok, ran.json().file, ran.code], [false, file, 2]);
});

const ALERTING = `
[[channel]]
name = "phone"
kind = "ntfi"
token = "hunter2"
[[rule]]
name = "a"
on = ["*"]
where = "tpye:nas"
to = ["phnoe"]
`;

test('S24: config check asks those who know about filters and channels, and shows no secret', async () => {
  const data = emptyFolder();
  const file = join(data, 'alerts.toml');
  writeFileSync(file, ALERTING);
  const noKind = { key: null, reason: 'there is no kind of channel "ntfi"', remedy: 'did you mean "ntfy"?' };
  const configChecks = async () => ({ filter: parseFilter, channel: (kind: string) => (kind === 'ntfy' ? [] : [noKind]) });
  const { code, out, err } = await rollcall(['config', 'check', 'alerts.toml'], { data, world: { configChecks } });
  assert.deepEqual([code, err], [2, '2 faults found\n']);
  assert.equal(
    out,
    `${file}:4: reading channel[0].kind: there is no kind of channel "ntfi"\n  remedy: did you mean "ntfy"?\n` +
      `${file}:9: reading rule[0].where: "tpye:nas" at column 1: there is no such key\n  remedy: did you mean type:?\n`,
  );
});

test('config check is in doubt about names that nearly are those of channels, which is no fault', async () => {
  const data = emptyFolder();
  const file = join(data, 'alerts.toml');
  writeFileSync(file, ALERTING.replace('tpye', 'type'));
  const given = { data, world: { configChecks: async () => ({ filter: parseFilter, channel: () => [] }) } };
  const { code, out, err } = await rollcall(['config', 'check', 'alerts.toml'], given);
  assert.deepEqual([code, err], [0, '1 doubt: what is not in the file may have been made elsewhere\n']);
  assert.equal(
    out,
    `${file}: sound, 0 targets, 0 allowances, 1 channel, 1 rule\n` +
      `${file}:10: reading rule[0].to[0]: the file has no channel "phnoe"\n  remedy: did you mean "phone"?\n`,
  );
  const json = (await rollcall(['config', 'check', 'alerts.toml', '--json'], given)).json();
  assert.deepEqual([json.ok, json.faults, json.doubts.map(({ path }: { path: string }) => path)], [true, [], ['rule[0].to[0]']]);
});

test('config check is in doubt about a file of [mqtt] that only the daemon may read', async () => {
  const data = emptyFolder();
  const file = join(data, 'rollcall.toml');
  writeFileSync(file, '[mqtt]\nurl_file = "/etc/rollcall/mqtt-url"\n');
  const world = { tryMirror: async () => new Fault('refused', 'reading [mqtt] url_file: permission denied', 'check the path') };
  const { code, out, err } = await rollcall(['config', 'check', 'rollcall.toml'], { data, world });
  assert.deepEqual([code, err], [0, '1 doubt: what is not to be seen from here may be seen by the daemon\n']);
  assert.match(out, /sound, .*\nreading \[mqtt\] url_file: permission denied\n {2}remedy: check the path\n$/);
});

test('config check tells of a secret of [oidc] that is not where the file says', async () => {
  const data = emptyFolder();
  const file = join(data, 'rollcall.toml');
  const who = '[oidc]\nissuer = "https://id.example.org"\nclient = "rollcall"\ndefault_role = "viewer"\n';
  writeFileSync(file, `${who}secret_file = "${data}/secret"\n`);
  const missing = await rollcall(['config', 'check', 'rollcall.toml', '--json'], { data });
  assert.deepEqual([missing.code, missing.json().faults[0].path, missing.json().faults[0].line], [2, 'oidc.secret_file', 5]);
  writeFileSync(join(data, 'secret'), 'canary\n');
  assert.equal((await rollcall(['config', 'check', 'rollcall.toml'], { data })).code, 0);
});

test('without a config file the defaults hold; one that is named must be there', async () => {
  assert.deepEqual((await rollcall(['config', 'check', '--json'])).json(), { file: null, ok: true, faults: [], doubts: [] });
  assert.match(
    (await rollcall(['config', 'check', '--config', 'none.toml'])).err,
    /none\.toml: there is no such file\n  remedy: check the path after --config/,
  );
  assert.match((await rollcall(['config', 'check', 'none.toml'])).err, /none\.toml: there is no such file/);
  assert.match((await rollcall(['config', 'mend'])).err, /config cannot "mend"\n  remedy: did you mean config check\?/);
});

test('a command that opens the store refuses a bad config with all its faults', async () => {
  const data = emptyFolder();
  writeFileSync(join(data, 'bad.toml'), '[http]\nprot = 1\nport = "x"\n');
  const text = await rollcall(['devices', '--config', 'bad.toml'], { data });
  assert.equal(text.code, 2);
  assert.match(text.err, /bad\.toml:2: .*\n  remedy: did you mean "port"\?\nrollcall: .*bad\.toml:3: /);
  const { faults } = (await rollcall(['devices', '--config', 'bad.toml', '--json'], { data })).json();
  assert.equal(faults.length, 2);
});

test('run gives the daemon its places and config, and passes on its exit code', async () => {
  const data = join(emptyFolder(), 'new');
  writeFileSync(join(emptyFolder(), 'x'), '');
  let seen: any;
  let pidFile = '';
  let press = (): void => {};
  const { code } = await rollcall(['run', '-v'], {
    data,
    interrupts: (pressed) => (press = pressed),
    world: {
      async runDaemon(order) {
        seen = order;
        pidFile = readFileSync(order.places.pid, 'utf8');
        press();
        return order.signal.aborted ? 7 : 0;
      },
    },
  });
  assert.equal(code, 7);
  assert.deepEqual([seen.places.data, seen.verbose, seen.config.http.port], [data, true, 9090]);
  assert.equal(pidFile.split('\n')[0], String(process.pid));
  assert.ok(!existsSync(join(data, 'rollcall.pid')));
});

test('R30: a second daemon exits 1 and names the first; any other failure exits 2', async () => {
  const failing = (fault: Error) => ({
    runDaemon: async (): Promise<number> => {
      throw fault;
    },
  });
  const conflict = new Fault('conflict', 'opening store: process 7 on vm has held it', 'stop it with "rollcall stop"');
  const second = await rollcall(['run'], { world: failing(conflict) });
  assert.deepEqual(
    [second.code, second.err],
    [1, 'rollcall: opening store: process 7 on vm has held it\n  remedy: stop it with "rollcall stop"\n'],
  );
  assert.equal((await rollcall(['run', '--json'], { world: failing(conflict) })).json().fault.code, 'conflict');
  const busy = await rollcall(['run'], {
    world: failing(new Fault('unavailable', 'listening on 127.0.0.1:9090: the port is taken', 'choose another')),
  });
  assert.equal(busy.code, 2);
});
