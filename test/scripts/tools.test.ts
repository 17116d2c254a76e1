import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { needs } from '../needs.ts';

const TOOLS = new URL('../../scripts/setup/tools.js', import.meta.url).href;
const top = mkdtempSync(join(tmpdir(), 'rollcall-tools-'));
after(() => rmSync(top, { recursive: true, force: true }));

/** A machine on which only these programs exist, each a shell script that can add further ones to $HERE. */
function machine(programs: Readonly<Record<string, string>>): string {
  const here = mkdtempSync(join(top, 'machine-'));
  for (const [name, script] of Object.entries({ env: 'shift; exec "$@"', ...programs })) {
    writeFileSync(join(here, name), `#!/bin/sh\nHERE='${here}'\n${script}\n`);
    chmodSync(join(here, name), 0o755);
  }
  return here;
}

/** What setting up these tools prints there. */
function setUp(here: string, wanted: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
  const script = `const { ensureTools } = await import('${TOOLS}'); await ensureTools(${JSON.stringify(wanted)});`;
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--input-type=module', '-e', script],
      { env: { PATH: here, ...more }, cwd: top },
      (fault, _stdout, stderr) => (fault ? reject(new Error(stderr)) : resolve(stderr)),
    );
  });
}

const APT = 'echo "$*" >> "$HERE/asked"; [ "$1" = update ] || { : > "$HERE/made-up-tool"; /bin/chmod +x "$HERE/made-up-tool"; }';

test('what is there is not touched, without a word', async () => {
  const here = machine({ 'made-up-tool': '', 'apt-get': 'echo called >> "$HERE/asked"' });
  assert.equal(await setUp(here, ['made-up-tool']), '');
  assert.throws(() => readFileSync(join(here, 'asked')));
});

test('what is missing is installed, after an update, without questions', needs('root'), async () => {
  const here = machine({ 'apt-get': APT });
  assert.equal(await setUp(here, ['made-up-tool']), 'rollcall: installing made-up-tool with apt-get ...\n');
  const asked = readFileSync(join(here, 'asked'), 'utf8').trim().split('\n');
  assert.match(asked[0] ?? '', /^update/);
  assert.match(asked[1] ?? '', /^install -y .*--no-install-recommends.* made-up-tool$/);
});

test('when installing does not work, the reason and the command are shown, and it goes on', needs('root'), async () => {
  const text = await setUp(machine({ 'apt-get': 'echo "E: no network" >&2; exit 100' }), ['made-up-tool', 'setprivx']);
  assert.match(text, /\| E: no network/);
  assert.match(text, /going on without made-up-tool, setprivx; to add: apt-get install .* made-up-tool setprivx/);
});

test('of a server only its program is unpacked, and nothing is installed', async () => {
  const download = 'echo "$*" >> "$HERE/asked"; if [ "$1" = download ]; then : > nagios4-core_4_amd64.deb; fi';
  const unpack = '/bin/mkdir -p "$3/usr/sbin" && : > "$3/usr/sbin/nagios4" && /bin/chmod +x "$3/usr/sbin/nagios4"';
  const here = machine({ 'apt-get': download, 'dpkg-deb': unpack });
  const tools = join(here, 'tools');
  assert.equal(
    await setUp(here, ['nagios4'], { ROLLCALL_TOOLS: tools }),
    'rollcall: unpacking nagios4-core for the tests, without installing ...\n',
  );
  assert.equal(readFileSync(join(here, 'asked'), 'utf8'), 'download -qq nagios4-core\n');
  assert.deepEqual(readdirSync(tools), ['usr']);
  assert.equal(await setUp(here, ['nagios4'], { ROLLCALL_TOOLS: tools }), '');
});

test('a package that cannot be fetched is asked for once more after an update, and then done without', async () => {
  const here = machine({ 'apt-get': 'echo "$*" >> "$HERE/asked"; exit 100' });
  const text = await setUp(here, ['nagios4'], { ROLLCALL_TOOLS: join(here, 'tools') });
  assert.match(text, /going on without nagios4; install by hand/);
  assert.equal(readFileSync(join(here, 'asked'), 'utf8'), 'download -qq nagios4-core\nupdate -qq\ndownload -qq nagios4-core\n');
});

test('without a package manager it says so and goes on', async () => {
  assert.match(await setUp(machine({}), ['made-up-tool']), /going on without made-up-tool; install by hand/);
});

test('an old Node is told what to do instead of failing at the first line', async () => {
  const bootstrap = readFileSync(new URL('../../scripts/bootstrap.js', import.meta.url), 'utf8');
  const copy = join(top, 'bootstrap.mjs');
  writeFileSync(copy, bootstrap.replace('process.versions.node.split', "'16.20.0'.split"));
  const [code, text] = await new Promise<[number, string]>((resolve) => {
    execFile(process.execPath, [copy, 'check'], (fault, _stdout, stderr) => resolve([Number(fault?.code ?? 0), stderr]));
  });
  assert.equal(code, 2);
  assert.match(text, /install Node 18 or newer/);
});
