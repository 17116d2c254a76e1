import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device, port, seen } from '../../test/make/device.ts';
import { belief, compared, look, script, told } from '../../test/make/view.ts';
import type { ScriptSeen, View } from '../core/index.ts';
import { parseIgnore } from './ignore.ts';

const web = [port(22), port(80)];
const ran = (scripts: readonly ScriptSeen[], choice: string | null = 'default', ports = web): View =>
  look([[seen('10.0.0.1', null, { ports }), ...scripts]], { scriptChoice: choice });

const rules = (...texts: string[]) => {
  const read = parseIgnore(texts);
  assert.ok(read.ok);
  return read.value;
};

test('a script that prints something else, nothing more, or something for the first time has changed', () => {
  const a = ran([script('http-title', 'Old'), script('robots', '/x'), script('smb-os', 'XP', null)]);
  const b = ran([script('http-title', 'New'), script('ssl-cert', 'CN=a', 'tcp/22'), script('smb-os', 'XP', null)]);
  const tcp80 = { protocol: 'tcp', port: 80 };
  assert.deepEqual(compared(a, b).devices[0]?.differences, [
    { kind: 'script.changed', before: null, after: { port: { protocol: 'tcp', port: 22 }, id: 'ssl-cert', output: 'CN=a' } },
    {
      kind: 'script.changed',
      before: { port: tcp80, id: 'http-title', output: 'Old' },
      after: { port: tcp80, id: 'http-title', output: 'New' },
    },
    { kind: 'script.changed', before: { port: tcp80, id: 'robots', output: '/x' }, after: null },
  ]);
});

test('a script about the whole host is told last, without a port', () => {
  const [first, second] =
    compared(ran([script('clock', '1', null), script('http-title', '1')]), ran([script('clock', '2', null), script('http-title', '2')]))
      .devices[0]?.differences ?? [];
  assert.deepEqual([first?.after?.['id'], second?.after], ['http-title', { port: null, id: 'clock', output: '2' }]);
});

test('law 2: a side that ran no scripts has nothing to compare, and says so once', () => {
  const [with_, without_] = [ran([script('http-title', 'x')]), ran([], null)];
  assert.deepEqual([...told(with_, without_), ...told(without_, with_)], []);
  assert.match(compared(with_, without_).sides.b.warnings.join(), /ran no scripts/);
});

test('law 2: where the sides ran other scripts, only those that printed on both are compared', () => {
  const a = ran([script('http-title', 'Old'), script('robots', '/x')]);
  const b = ran([script('http-title', 'New'), script('ssl-cert', 'CN=a')], 'http-title,ssl-cert');
  assert.deepEqual(told(a, b), ['10.0.0.1: script.changed http-title']);
});

test('a script of a port that is not open on both sides is not news beside the port itself', () => {
  assert.deepEqual(told(ran([script('http-title', 'x')]), ran([], 'default', [port(22)])), ['10.0.0.1: port.closed 80']);
  const late = look([seen('10.0.0.1', null, { timedOut: true })], { scriptChoice: 'default' });
  assert.deepEqual(told(ran([script('http-title', 'x'), script('smb-os', 'XP', null)]), late), [
    '10.0.0.1: b tcp ports 22,80 were not asked',
  ]);
});

test('a script that is told twice of one port, or in another order, is compared as a whole', () => {
  const twice = [script('x', 'one'), script('x', 'two')];
  assert.deepEqual(told(ran(twice), ran([script('y', '-'), ...twice])), ['10.0.0.1: script.changed y']);
  assert.deepEqual(told(ran(twice), ran(twice.slice(0, 1))), ['10.0.0.1: script.changed x']);
});

test('rules leave scripts out by their id, their port, their nature or the days they count', () => {
  const outputs = (text: string, days: number) =>
    ran([
      script('http-title', text),
      script('ssl-cert', `ends 2026-06-01, expires in ${days} days`, 'tcp/22'),
      script('clock-skew', text, null),
      script('ntp-info', `receive time stamp: ${text}\nversion: 4`, null),
    ]);
  const kept = (...texts: string[]) => {
    const { devices, sum } = compared(outputs('a', 9), outputs('b', 8), rules(...texts));
    return [...(devices[0]?.differences ?? []).map(({ after }) => after?.['id']), sum.ignored];
  };
  assert.deepEqual(kept(), ['ssl-cert', 'http-title', 'clock-skew', 'ntp-info', 0]);
  assert.deepEqual(kept('script:http-*'), ['ssl-cert', 'clock-skew', 'ntp-info', 1]);
  assert.deepEqual(kept('port:80'), ['ssl-cert', 'clock-skew', 'ntp-info', 1]);
  assert.deepEqual(kept('certificate-days'), ['http-title', 'clock-skew', 'ntp-info', 1]);
  assert.deepEqual(kept('volatile'), ['ssl-cert', 'http-title', 2]);
  assert.deepEqual(kept('volatile', 'certificate-days', 'script:http-title'), [4]);
});

test('what the store knows of scripts is nothing, so that a file with scripts differs in nothing from it', () => {
  const stored = belief([device({ ports: web, asked: { tcp: [[1, 1000]] } })]);
  assert.deepEqual(told(stored, ran([script('http-title', 'x')])), []);
});
