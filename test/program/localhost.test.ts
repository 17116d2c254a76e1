// Alone: it looks at all ports of this machine, and servers of other tests hang there on purpose.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { type Daemon, listen, newProgram, type Program, until } from './program.ts';

type Change = {
  seq: number;
  kind: string;
  device: { id: number } | null;
  before: { state?: string };
  after: { port?: number; state?: string };
};

/** What was told of one port: other tests open and close ports of this machine at the same time. */
const toldOf = (changes: readonly Change[], port: number): unknown[] =>
  changes.filter((change) => change.after?.port === port).map(({ kind, after: side }) => [kind, side.state]);

describe('a first run on a bare machine watches this machine itself', needs('nmap', 'root'), () => {
  let program: Program;
  let daemon: Daemon;
  before(async () => {
    program = await newProgram();
    daemon = await program.daemon();
    await until('the first roll', async () => (await program.json('devices')).length > 0);
  });
  after(() => program.end());

  const get = async (path: string, token?: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${program.port}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  const token = async (): Promise<string> => (await program.run('token')).stdout.trim();

  test('127.0.0.1 is the only target, and nothing else is scanned', async () => {
    const targets = await program.json('targets');
    assert.deepEqual(
      targets.map(({ target }: { target: { target: string } }) => target.target),
      ['127.0.0.1'],
    );
  });

  test('GET / lists the open ports of this machine, for the bearer of the token only', async () => {
    assert.equal((await get('/')).status, 401);
    assert.equal((await get('/', 'wrong')).status, 401);
    const answer = await get('/', await token());
    assert.equal(answer.status, 200);
    const roll = (await answer.json()) as {
      counts: { present: number };
      devices: { addresses: string[]; ports: { port: number; state: string }[] }[];
    };
    assert.equal(roll.counts.present, 1);
    assert.deepEqual(roll.devices[0]?.addresses, ['127.0.0.1']);
    assert.ok(roll.devices[0]?.ports.some(({ port, state }) => port === program.port && state === 'open'));
  });

  test('a port that opens is named, and named again when it closes', async () => {
    const service = await listen();
    try {
      const opened = await program.json('scan', '127.0.0.1');
      assert.equal(opened.scan.outcome, 'complete');
      assert.deepEqual(toldOf(opened.changes, service.port), [['port.opened', 'open']]);
    } finally {
      await service.close();
    }
    const closed = await program.json('scan', '127.0.0.1');
    assert.equal(closed.scan.outcome, 'complete', JSON.stringify(closed.scan.cause));
    assert.deepEqual(toldOf(closed.changes, service.port), [['port.closed', 'closed']]);
    const changes: Change[] = await program.json('changes', '--since', '1h');
    assert.equal(changes[0]?.kind, 'device.appeared');
    assert.deepEqual(
      changes.map(({ seq }) => seq),
      changes.map((_, i) => i + 1),
    );
    assert.deepEqual(toldOf(changes, service.port), [
      ['port.opened', 'open'],
      ['port.closed', 'closed'],
    ]);
  });

  test('a device in JSON has the documented shape', async () => {
    const [device] = await program.json('devices');
    const documented = [
      'id',
      'name',
      'macs',
      'addresses',
      'names',
      'vendor',
      'randomizedMac',
      'presence',
      'firstSeen',
      'lastSeen',
      'ports',
    ];
    for (const key of documented) assert.ok(key in device, key);
    assert.match(device.firstSeen, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    for (const key of ['protocol', 'port', 'state', 'service']) assert.ok(key in device.ports[0], key);
  });

  test('socket, token and store are for their owner only', async () => {
    for (const name of ['rollcall.sock', 'token', 'rollcall.db']) {
      assert.equal((await stat(join(program.data, name))).mode & 0o777, 0o600, name);
    }
    assert.equal((await stat(program.data)).mode & 0o777, 0o700);
  });

  test('the health question needs no token and tells nothing', async () => {
    const answer = await get('/healthz');
    assert.equal(answer.status, 200);
    assert.doesNotMatch(await answer.text(), /127\.0\.0\.1|device/);
  });

  test('SIGHUP takes over a changed config; a broken one changes nothing (R48)', async () => {
    const { appendFile, writeFile } = await import('node:fs/promises');
    const good = await readFile(program.config, 'utf8');
    await appendFile(program.config, '[[target]]\ntarget = "127.0.0.2"\nplan = "sweep"\nevery = "1h"\n');
    process.kill(daemon.pid, 'SIGHUP');
    await until('the new target', async () => (await program.json('targets')).length === 2);
    await writeFile(program.config, `${good}\nnonsense = [`);
    process.kill(daemon.pid, 'SIGHUP');
    await until('the fault in the log', () => /not reloaded/.test(daemon.output()));
    await writeFile(program.config, good);
    assert.equal((await program.json('status')).status.targets, 2);
  });

  test('SIGHUP takes over rules and channels; what could never work is refused with its line, and changes nothing (R48)', async () => {
    const { writeFile } = await import('node:fs/promises');
    const good = await readFile(program.config, 'utf8');
    const channel = '[[channel]]\nname = "hook"\nkind = "webhook"\nurl = "https://hooks.example.org/?key=hunter2"\n';
    const rule = '[[rule]]\nname = "from-the-file"\non = ["device.*"]\nwhere = "type:nas"\nto = ["hook"]\nenabled = false\n';
    const names = async (): Promise<string[]> => (await program.json('rule')).map(({ name }: { name: string }) => name);
    const reload = async (text: string, until_: () => boolean | Promise<boolean>): Promise<void> => {
      await writeFile(program.config, text);
      process.kill(daemon.pid, 'SIGHUP');
      await until('the config to be read again', until_);
    };
    await reload(`${good}\n${channel}${rule}`, async () => (await names()).includes('from-the-file'));
    await reload(`${good}\n${channel}${rule.replace('type:nas', 'tpye:nas')}`, () => /reading rule\[0\]\.where: /.test(daemon.output()));
    await reload(`${good}\n${channel.replace('url', 'ulr')}${rule}`, () => /reading channel\[0\]\.ulr: /.test(daemon.output()));
    assert.ok((await names()).includes('from-the-file'));
    await reload(good, async () => !(await names()).includes('from-the-file'));
    assert.doesNotMatch(daemon.output(), /hunter2/);
  });

  test('a second daemon on the same store is refused and names the first (R30)', async () => {
    const second = await program.run('run');
    assert.equal(second.code, 1);
    assert.match(second.stderr, new RegExp(String(daemon.pid)));
  });

  test('SIGTERM ends it cleanly, and the store is sound afterwards', async () => {
    const end = await daemon.stop();
    assert.equal(end.code, 0, end.stderr);
    assert.equal((await program.run('status')).code, 1);
    const [device] = await program.json('devices');
    assert.deepEqual(device.addresses, ['127.0.0.1']);
  });
});

describe('start, status and stop', needs('nmap', 'root'), () => {
  let program: Program;
  before(async () => {
    program = await newProgram();
  });
  after(async () => {
    await program.run('stop');
    await program.end();
  });

  test('start leaves a daemon behind that stop ends', async () => {
    const start = await program.run('start');
    assert.equal(start.code, 0, start.stderr);
    assert.match(start.stdout, new RegExp(`127\\.0\\.0\\.1:${program.port}`));
    const pid = Number.parseInt(await readFile(join(program.data, 'rollcall.pid'), 'utf8'), 10);
    process.kill(pid, 0);
    assert.equal((await program.run('start')).code, 0);
    assert.equal((await program.run('status')).code, 0);
    assert.equal((await program.run('stop')).code, 0);
    assert.ok(await isOver(pid));
    assert.equal((await program.run('status')).code, 1);
  });
});

/** Ended, whether or not its parent has taken note. */
async function isOver(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}
