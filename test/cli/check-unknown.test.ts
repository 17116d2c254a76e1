import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TargetStatusJson } from '../../src/contract/index.ts';
import { answersOf, check, listOf, sweep, swept } from './checking.ts';
import { emptyFolder, rollcall } from './fake-world.ts';

suite('what cannot be known is unknown, never fine', () => {
  test('a look that is older than three sweeps says nothing any more, whatever it saw', async () => {
    assert.equal((await check({ here: 3, swept: 180 })).code, 0);
    const { code, out } = await check({ here: 3, swept: 181 }, ['-c', '5:']);
    assert.equal(code, 3);
    assert.equal(
      out,
      'ROLLCALL UNKNOWN - the newest look at 192.0.2.0/28 is 3m1s old, and 3m is the most - last known: 3 hosts present' +
        ' | present=3;;5:;0 away=0 unknown=0 age=181s;;;0\n',
    );
    assert.equal((await check({ here: 3, swept: 7200 }, ['--stale', '2h'])).code, 0);
    assert.equal((await check({ here: 3, swept: 61 }, ['--stale', '1m'])).code, 3);
  });

  test('a sweep that takes long comes more seldom, so its look is good for longer', async () => {
    const [slow] = swept(sweep(300)).plans;
    const plans = [{ ...slow, measured: { seconds: 50, packets: null } }] as TargetStatusJson['plans'];
    assert.equal((await check({ here: 3, targets: [swept(null, { plans })] })).code, 0);
  });

  test('Law 1: a scan that failed is no look; the last one before it that saw counts', async () => {
    const failed = sweep(5, { outcome: 'failed', coverage: null, cause: { code: 'tool-failed', text: 'nmap ended | with 1' } });
    const targets = [swept(failed)];
    assert.equal((await check({ here: 3, targets, scans: [failed, sweep(65)] })).code, 0);
    const { code, out } = await check({ here: 3, targets, scans: [failed, sweep(3600), sweep(1, { plan: 'ports' })] });
    assert.equal(code, 3);
    assert.match(out, /is 1h old, and 3m is the most: nmap ended \? with 1 - last known/);
    assert.match((await check({ here: 3, targets })).out, /^ROLLCALL UNKNOWN - nobody has looked at 192\.0\.2\.0\/28 yet: nmap ended/);
  });

  test('a blind vantage is told with its cause', async () => {
    const blind = swept(sweep(5, { outcome: 'failed', coverage: null, cause: { code: 'no-carrier', text: 'eth0 has no carrier' } }), {
      blind: true,
    });
    const { code, out } = await check({ here: 3, targets: [blind], scans: [sweep(30)] }, ['--min-hosts', '1']);
    assert.equal(code, 3);
    assert.match(out, /^ROLLCALL UNKNOWN - cannot see 192\.0\.2\.0\/28: eth0 has no carrier - last known: 3 hosts present \|/);
  });

  test('where nothing is watched, scans by hand count when it is said how old they may be', async () => {
    const network = { here: 3, targets: [], scans: [sweep(100, { target: null })] };
    assert.match((await check(network)).out, /^ROLLCALL UNKNOWN - nothing is watched, and no --stale says/);
    assert.equal((await check(network, ['--stale', '5m'])).code, 0);
    assert.equal((await check(network, ['--stale', '1m'])).code, 3);
    assert.equal((await check({ targets: [] }, ['--stale', '5m'])).code, 3);
  });

  test('what is no file is not waited for: a list from a pipe that nobody writes to, or from a device without end', async () => {
    const pipe = join(emptyFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const file of [pipe, '/dev/zero'])
      for (const words of [
        ['--expect', file],
        ['--url', 'http://127.0.0.1:1', '--token-file', file],
      ]) {
        const { code, out } = await check({ here: 3 }, [...words, '-t', '5']);
        assert.deepEqual([code, out], [3, `ROLLCALL UNKNOWN - reading ${file}: it is no file, remedy: name a file\n`]);
      }
  });

  test('a store that is not there is not made, and not taken for an empty network', async () => {
    const data = emptyFolder();
    const { code, out } = await rollcall(['check', '--max-hosts', '5'], { data });
    assert.deepEqual(
      [code, out],
      [3, `ROLLCALL UNKNOWN - reading ${data}/rollcall.db: there is no store, remedy: name its folder with --data\n`],
    );
  });

  test('a faulty config, a config that is missing, and wrong usage are told on the line that is read', async () => {
    const config = listOf('[http]\nport = "x"\n[sight]\n');
    const faulty = await rollcall(['check', '--config', config], { data: emptyFolder() });
    assert.equal(faulty.code, 3);
    assert.match(faulty.out, /^ROLLCALL UNKNOWN - .*port.*, and 1 more\n$/);
    const wrong: readonly (readonly string[])[] = [
      ['--config', '/nowhere.toml'],
      ['--frob'],
      ['-w'],
      ['-w', '9:1'],
      ['-c', 'many'],
      ['--min-hosts', '-1'],
      ['--min-hosts', '7', '--max-hosts', '5'],
      ['-c', '5:', '--min-hosts', '5'],
      ['--new', '5'],
      ['--stale', 'soon'],
      ['--timeout', '0'],
      ['--critical-on', 'rain'],
      ['--format', 'xml'],
      ['--filter', ' '],
      ['--expect', ''],
      ['--url', 'http://127.0.0.1:9090'],
      ['--token-file', 'x'],
      ['surplus'],
    ];
    for (const words of wrong) {
      const { code, out, err } = await check({ here: 1 }, words);
      assert.deepEqual([code, err], [3, ''], words.join(' '));
      assert.match(out, /^ROLLCALL UNKNOWN - reading .+, remedy: .+\n$/, words.join(' '));
      assert.doesNotMatch(out, /error|["|`$]/i);
    }
  });

  test('a bug is unknown, without a stack', async () => {
    const answers = {
      ...answersOf({}),
      'devices.list': () => {
        throw new TypeError('x is | not a function');
      },
    };
    const { code, out, err } = await check({}, [], { answers });
    assert.deepEqual([code, err], [3, '']);
    assert.equal(out, 'ROLLCALL UNKNOWN - this should not happen, please report it: x is / not a function\n');
  });

  test('whoever takes longer than the timeout is told of, and left', async () => {
    const quits: number[] = [];
    const answers = { ...answersOf({}), 'devices.list': () => new Promise(() => {}) };
    const { code, out } = await check({}, ['-t', '1'], { answers, world: { quit: (code) => void quits.push(code) } });
    assert.deepEqual([code, quits], [3, [3]]);
    assert.equal(out, 'ROLLCALL UNKNOWN - no answer within 1 s\n');
  });
});
