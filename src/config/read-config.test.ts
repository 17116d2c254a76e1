import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { type ConfigFault, DEFAULTS } from './config.ts';
import { readConfig } from './read-config.ts';

const folder = (name: string): URL => new URL(`./fixtures/${name}/`, import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, folder('good')), 'utf8');

function configOf(text: string) {
  const reading = readConfig(text, 'rollcall.toml');
  assert.ok(reading.ok, inspect(reading));
  return reading.config;
}

test('an empty file is the whole of the defaults', () => {
  assert.deepEqual(configOf(fixture('empty.toml')), DEFAULTS);
});

test('every key there is finds its way into the config', () => {
  const config = configOf(fixture('everything.toml'));
  assert.deepEqual(config.site, { name: 'office-2' });
  const door = { proxies: ['192.168.1.2', 'fd00::2'], cert: '/etc/rollcall/cert.pem', key: '/etc/rollcall/key.pem' };
  assert.deepEqual(config.http, { host: '::1', port: 0, hosts: ['nas.lan', 'rollcall'], ...door });
  assert.deepEqual(config.presence, { tolerance: 'fixed', window: 2_700_000, floor: null, ceiling: 7_200_000 });
  const servers = ['192.168.1.1', '192.168.1.1:5353', '[fd00::1]:53', 'fd00::1'];
  assert.deepEqual(config.names, { dns: false, servers, mdns: false, netbios: false, llmnr: true, refresh: 5_400_000 });
  assert.deepEqual(config.keep, { singles: 0, raw: 30 * 86_400_000 });
  assert.deepEqual(config.nmap, { path: '/opt/nmap/bin/nmap' });
  assert.deepEqual(config.sweep, { rate: 500 });
  assert.deepEqual(config.store, { url: 'postgres://rollcall:hunter2@db.lan/rollcall' });
  assert.deepEqual(config.self, { watch: false });
});

test('a target has several plans, one in short form, or the usual ones', () => {
  const { targets } = configOf(fixture('everything.toml'));
  assert.deepEqual(
    targets.map(({ spec, schedule }) => [spec.text, schedule]),
    [
      [
        '192.168.1.0/24',
        [
          { plan: 'sweep', cadence: { kind: 'every', every: 60_000 } },
          { plan: 'ports', cadence: { kind: 'at', cron: '0 3 * * *', zone: 'Europe/Berlin' } },
        ],
      ],
      ['10.0.0.5-10.0.0.20', [{ plan: 'sweep', cadence: { kind: 'every', every: 600_000 } }]],
      ['nas.lan', [{ plan: 'services', cadence: { kind: 'at', cron: '30 4 1,15 * mon-fri', zone: null } }]],
      ['10.1.0.0/24', [{ plan: 'ports', cadence: { kind: 'at', cron: '0 2 * * *', zone: null } }]],
      ['10.2.0.0/24', []],
    ],
  );
  assert.deepEqual(
    targets.map(({ canaries }) => canaries.join()),
    ['192.168.1.1,192.168.1.2', '', '', '', ''],
  );
  assert.deepEqual([targets[0]?.window, targets[0]?.iface, targets[1]?.window, targets[1]?.iface], [5_400_000, 'eth0.20', null, null]);
});

test('an allowance lasts to the end of its last day (UTC)', () => {
  const { allowances } = configOf(fixture('everything.toml'));
  assert.deepEqual(
    allowances.map(({ owner, until }) => [owner, new Date(until).toISOString()]),
    [
      ['ops@example.org', '2027-02-01T00:00:00.000Z'],
      ['ops', '2028-03-01T00:00:00.000Z'],
    ],
  );
  assert.equal(allowances[0]?.ranges[0]?.last, 0xcb00710fn);
});

test('the default window is told apart from the same window chosen', () => {
  assert.equal(configOf('').presence.window, null);
  assert.equal(configOf('[presence]').presence.window, null);
  assert.equal(configOf('presence.window = "0s"').presence.window, 0);
  assert.equal(configOf('presence.window = "45m"').presence.window, 2_700_000);
});

test('tolerance is learned until a window is chosen, and S1 is 45 minutes for everybody', () => {
  const learned = { tolerance: 'learned', window: null, floor: null, ceiling: 7_200_000 };
  assert.deepEqual(configOf('[presence]').presence, learned);
  assert.deepEqual(configOf('presence = { floor = "5m", ceiling = "1h" }').presence, { ...learned, floor: 300_000, ceiling: 3_600_000 });
  assert.deepEqual(configOf('presence.tolerance = "fixed"').presence, { ...learned, tolerance: 'fixed' });
  assert.equal(configOf('presence = { tolerance = "fixed", window = "45m" }').presence.window, 2_700_000);
  assert.equal(configOf('presence.window = "45m"').presence.tolerance, 'fixed');
});

test('tables may be written inline or by dotted keys', () => {
  const config = configOf(fixture('inline.toml'));
  assert.deepEqual([config.http.port, config.http.host, config.site.name, config.targets.length], [9191, '127.0.0.1', 'flat', 1]);
});

test('a rate of sweeps that is lifted is none', () => {
  assert.deepEqual(configOf(fixture('sweep-rate-lifted.toml')).sweep, { rate: 0 });
  for (const rate of [1, 1_000_000]) assert.deepEqual(configOf(`sweep.rate = ${rate}`).sweep, { rate });
});

for (const file of readdirSync(folder('bad'))) {
  test(`refused: ${file.replace('.toml', '').replaceAll('-', ' ')}`, () => {
    const text = readFileSync(new URL(file, folder('bad')), 'utf8');
    const expected = [...text.matchAll(/^# expects (\d+) (\S*?): (.*)$/gm)];
    const reading = readConfig(text, 'my.toml');
    assert.ok(!reading.ok && expected.length > 0);
    const seen = reading.faults.map((fault) => `${fault.line} ${fault.path} ${fault.message} ${fault.remedy}`).join('\n');
    assert.equal(reading.faults.length, expected.length, seen);
    for (const [i, [, line, path, part]] of expected.entries()) {
      const fault: ConfigFault | undefined = reading.faults[i];
      assert.deepEqual([fault?.line, fault?.path], [Number(line), path], seen);
      assert.ok(`${fault?.message}\n${fault?.remedy}`.includes(part as string), seen);
      assert.ok(fault?.message.startsWith(`my.toml:${line}: reading `), seen);
      assert.doesNotMatch(seen, /error|undefined|hunter2/i);
    }
  });
}

test('a file of another kind is refused by its size', () => {
  const reading = readConfig('x'.repeat(1_000_001), 'core.dump');
  assert.ok(!reading.ok);
  assert.match(reading.faults[0].message, /^core\.dump:1: reading the file: it is longer/);
});

test('a mistyped key cannot put control characters into a message', () => {
  const reading = readConfig('"\\u001b[2J\\u202e" = 1', 'f');
  assert.ok(!reading.ok);
  assert.ok(!reading.faults[0].message.includes('\u001b'));
});
