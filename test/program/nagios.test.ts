import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Nagios, type SeenService, startNagios } from '../make/nagios.ts';
import { needs } from '../needs.ts';
import { type Daemon, newProgram, type Program, ROLLCALL, until } from './program.ts';

const SNIPPET = fileURLToPath(new URL('../../packaging/nagios/rollcall.cfg', import.meta.url));

/** S0.5, walked: Nagios asks us with the command that comes with the program, and sees what we say. */
describe('S0.5: a real Nagios', needs('nagios4', 'nmap'), () => {
  let program: Program;
  let daemon: Daemon;
  let nagios: Nagios;
  let folder: string;

  before(async () => {
    program = await newProgram();
    daemon = await program.daemon();
    await until('the first sweep', async () => (await program.json('devices')).length > 0, 120_000);
    await program.json('baseline', 'make');
    folder = await mkdtemp(join(tmpdir(), 'rollcall-nagios-'));
    const [token, list] = [join(folder, 'token'), join(folder, 'always-here')];
    await copyFile(join(program.data, 'token'), token);
    await writeFile(list, '127.0.0.1 # this machine\nnas.lan\n');
    const commands = readFileSync(SNIPPET, 'utf8')
      .replaceAll('/opt/rollcall/bin/rollcall', ROLLCALL)
      .replaceAll('127.0.0.1:9090', `127.0.0.1:${program.port}`)
      .replaceAll('/etc/nagios4/rollcall.token', token);
    const services = {
      fine: 'check_rollcall!-w 1:50 -c 1:60 --drift',
      few: 'check_rollcall!-w 2:50',
      missing: `check_rollcall!--min-hosts 1 --expect ${list} -v`,
      newcomers: 'check_rollcall!--new 1h',
      unwatched: 'check_rollcall!--target 192.0.2.0/24',
      stale: 'check_rollcall!--stale 1ms',
    };
    nagios = await startNagios({ folder, commands, services });
  });
  after(async () => {
    await nagios?.stop();
    await program?.end();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** A service, once it stands so. */
  async function stands(name: string, state: number, holds: (service: SeenService) => boolean = () => true): Promise<SeenService> {
    let service: SeenService | undefined;
    try {
      await until(
        `${name} in state ${state}`,
        async () => {
          service = (await nagios.services()).get(name);
          return service?.state === state && holds(service);
        },
        60_000,
      );
    } catch (fault) {
      throw new Error(`${JSON.stringify(service)}\n${nagios.output()}`, { cause: fault });
    }
    return service as SeenService;
  }

  test('sees OK, with numbers for its graphs', async () => {
    const { output, perfdata } = await stands('fine', 0);
    assert.equal(output.trim(), 'ROLLCALL OK - 1 host present');
    assert.match(perfdata, /^present=1;1:50;1:60;0 away=0 unknown=0 drift=0 age=\d+s;;;0$/);
  });

  test('sees WARNING below its range', async () => {
    const { output, perfdata } = await stands('few', 1);
    assert.equal(output.trim(), 'ROLLCALL WARNING - 1 host present, fewer than 2');
    assert.match(perfdata, /^present=1;2:50;;0 /);
  });

  test('sees CRITICAL when one who must be here is not, and who in a line of its own', async () => {
    const { output, more, perfdata } = await stands('missing', 2);
    assert.equal(output.trim(), 'ROLLCALL CRITICAL - 1 host present, missing: nas.lan');
    assert.equal(more.trim(), 'missing: nas.lan');
    assert.match(perfdata, /^present=1;;1:;0 .*missing=1 /);
  });

  test('sees UNKNOWN for what is not watched, and for what was seen too long ago', async () => {
    assert.match((await stands('unwatched', 3)).output, /^ROLLCALL UNKNOWN - finding target '192\.0\.2\.0\/24': it is not watched/);
    const { output, perfdata } = await stands('stale', 3);
    assert.match(output, /^ROLLCALL UNKNOWN - the newest look at 127\.0\.0\.1 is .* old/);
    assert.match(perfdata, /^present=1 /);
  });

  test('S5: a hostile name is a name to it, and nothing more', async () => {
    await program.json('device', 'set', '127.0.0.1', '--name', `x|present=9 $(touch ${folder}/pwned)\`id\` "q"`);
    const { output, perfdata } = await stands('newcomers', 1, (service) => /new: x/.test(service.output));
    assert.match(output, /^ROLLCALL WARNING - 1 host present, new: x\?present\?9 \?\?touch /);
    assert.match(perfdata, /^present=1 away=0 unknown=0 new=1 age=\d+s;;;0$/);
  });

  test('sees UNKNOWN as soon as the daemon answers no more', async () => {
    await daemon.stop();
    // A check that was under way when the daemon stopped may end otherwise.
    const { output } = await stands('fine', 3, (service) => service.output.includes('ECONNREFUSED'));
    assert.match(output, /^ROLLCALL UNKNOWN - asking the daemon at http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/);
    const local = await program.run('check', '-w', '1:50', '--stale', '1h');
    assert.deepEqual([local.code, local.stderr], [0, '']);
    assert.match(local.stdout, /^ROLLCALL OK - 1 host present \|/);
    assert.equal((await program.run('check', '--data', dirname(program.data))).code, 3);
  });
});
