import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostileTargets } from '../../test/probes/hostile-targets.ts';
import { formatRange } from '../core/index.ts';
import { readConfig } from './read-config.ts';

const read = (text: string) => readConfig(text, 'rollcall.toml');
const faultsOf = (text: string): string[] => {
  const reading = read(text);
  return reading.ok ? [] : reading.faults.map(({ path, message, remedy }) => `${path}: ${message} (${remedy})`);
};

test('limits are read for all targets, and for one that says otherwise', () => {
  const reading = read(`
[scan]
rate = 500
per_host = "lifted"
fragile = true
quiet = ["Mon-Fri 08:00-18:00", "22:00-06:00"]
zone = "Europe/Berlin"
quiet_sweeps = true
[guard]
network = "192.168.1.0/24"
public = "203.0.113.7"
ask = "http://127.0.0.1:8080/ip"
[[target]]
target = "192.168.1.0/24"
every = "1m"
rate = 20
quiet = []
guard = { gateway = "02-00-5E-00-53-01" }
[[target]]
target = "10.0.0.0/24"
every = "1m"
`);
  assert.ok(reading.ok);
  const { scan, guard, targets } = reading.config;
  const { quiet, ...limits } = scan;
  assert.deepEqual(limits, { rate: 500, perHost: 0, fragile: true, zone: 'Europe/Berlin', quietSweeps: true });
  assert.deepEqual(
    quiet.map(({ text }) => text),
    ['Mon-Fri 08:00-18:00', '22:00-06:00'],
  );
  assert.deepEqual(
    [guard.network && formatRange(guard.network), guard.public, guard.ask],
    ['192.168.1.0/24', '203.0.113.7', 'http://127.0.0.1:8080/ip'],
  );
  assert.deepEqual(targets[0]?.limits, { rate: 20, quiet: [], guard: { gateway: '02:00:5e:00:53:01' } });
  assert.equal(targets[1]?.limits, undefined);
});

test('limits that would mean nothing, or let nothing be scanned, are refused where they stand', () => {
  const refused: [string, RegExp][] = [
    ['[scan]\nrate = 0', /scan\.rate: .*no rate of packets/],
    ['[scan]\nper_host = "fast"', /scan\.per_host/],
    ['[scan]\nquiet = ["00:00-24:00"]', /scan\.quiet: .*no moment of the week/],
    ['[scan]\nquiet = ["nights"]', /scan\.quiet\[0\]: .*no stretch of the week/],
    [`[scan]\nquiet = [${'"08:00-09:00",'.repeat(51)}]`, /more than 50 stretches/],
    ['[scan]\nzone = "Mars/Base"', /scan\.zone/],
    ['[guard]\npublic = "203.0.113.7"', /guard\.public: .*without "ask"/],
    ['[guard]\ngateway = "router"', /guard\.gateway: .*not a hardware address/],
    ['[guard]\nport = 1', /guard\.port: .*no such key/],
    ['[[target]]\ntarget = "10.0.0.0/24"\nguard = { public = "203.0.113.7" }', /target\[0\]\.guard\.public: .*\[guard\] names no page/],
  ];
  for (const [text, message] of refused) assert.match(faultsOf(text).join('\n'), message, text);
});

test('a page that is asked is one of the web, without a password, and never shown in a message', () => {
  const pages = [
    'file:///etc/passwd',
    'ftp://x/',
    'http://user:secret@h/',
    'http://',
    'https://h h/',
    'javascript:1',
    'http://h\n/',
    'h',
    '',
    'http://h/\u202e',
  ];
  for (const page of pages) {
    const [fault] = faultsOf(`[guard]\nask = ${JSON.stringify(page)}`);
    assert.match(fault ?? '', /guard\.ask: .*not the address of a web page/, page);
    assert.ok(page.length < 4 || !fault?.includes(page));
  }
  for (const page of ['https://ip.example.org/', 'http://[::1]:80/a?b=c@d', 'http://10.0.0.1'])
    assert.deepEqual(faultsOf(`[guard]\nask = "${page}"`), []);
});

test('S1: whatever hostile stands where a limit does is refused, or becomes a number, a time, a card or a block', () => {
  for (const text of hostileTargets()) {
    const value = JSON.stringify(text).replaceAll('\\u', '\\\\u');
    for (const line of [`rate = ${value}`, `quiet = [${value}]`, `zone = ${value}`]) {
      const reading = read(`[scan]\n${line}`);
      if (reading.ok) assert.match(reading.config.scan.zone ?? 'UTC', /^[A-Za-z0-9_+/-]+$/);
    }
    for (const key of ['gateway', 'network', 'ask']) {
      const reading = read(`[guard]\n${key} = ${value}`);
      if (!reading.ok) continue;
      const { guard } = reading.config;
      assert.match(guard.gateway ?? (guard.network && formatRange(guard.network)) ?? guard.ask ?? '', /^[!-~]+$/);
    }
  }
});
