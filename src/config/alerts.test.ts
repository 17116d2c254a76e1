import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { bad, good } from '../core/index.ts';
import { DEFAULTS } from './config.ts';
import type { ConfigChecks } from './outside.ts';
import { readConfig } from './read-config.ts';

const HOUR = 3_600_000;
const EVERYTHING = readFileSync(new URL('./fixtures/good/everything.toml', import.meta.url), 'utf8');

function soundIn(text: string, checks?: ConfigChecks) {
  const reading = readConfig(text, 'rollcall.toml', checks);
  assert.ok(reading.ok, inspect(reading));
  return reading;
}

const configOf = (text: string) => soundIn(text).config;

function faultsOf(text: string, checks?: ConfigChecks): string[] {
  const reading = readConfig(text, 'f', checks);
  return reading.ok ? [] : reading.faults.map(({ line, path, message, remedy }) => `${line} ${path}: ${message} (${remedy})`);
}

describe('the config of alerts', () => {
  test('says how people are told', () => {
    const { alerts, mqtt } = configOf(EVERYTHING);
    assert.deepEqual(
      { ...alerts, quiet: alerts.quiet.map(({ text }) => text) },
      {
        usual: false,
        quiet: ['22:00-07:00', 'Sat,Sun 00:00-09:00'],
        zone: 'Europe/Berlin',
        ceiling: 5,
        keep: 800 * 24 * HOUR,
        reach: ['192.168.1.0/24', '127.0.0.1:8080', '[fd00::5]:443'],
      },
    );
    assert.deepEqual(mqtt, {
      url: 'mqtts://rollcall:hunter2@broker.lan:8884',
      urlFile: '/etc/rollcall/mqtt-url',
      topic: 'house/rollcall',
      discovery: null,
      ca: '/etc/rollcall/ca.pem',
    });
    assert.deepEqual(configOf('mqtt.discovery = "ha"').mqtt, { ...DEFAULTS.mqtt, discovery: 'ha' });
  });

  test('makes channels, with whatever their kind wants as options, and the ceiling of all where they name none', () => {
    const [phone, mail, ...others] = configOf(EVERYTHING).channels;
    assert.deepEqual(phone, {
      name: 'phone',
      kind: 'ntfy',
      options: { topic: 'rollcall-x7', token: 'hunter2', tags: ['house', 'net'], headers: { 'x-one': '1', 'x-two': 2 } },
      usual: false,
      quiet: [],
      ceiling: 0,
      ttl: 6 * HOUR,
      fallback: 'mail',
      source: 'config',
    });
    assert.deepEqual(mail, {
      name: 'mail',
      kind: 'email',
      options: { to: 'ops@example.org' },
      usual: true,
      quiet: null,
      ceiling: 5,
      ttl: 72 * HOUR,
      fallback: null,
      source: 'config',
    });
    assert.deepEqual(others, []);
  });

  test('makes rules, also in place of usual ones, and maintenance', () => {
    const { rules, upkeep } = configOf(EVERYTHING);
    const [kids, fresh] = rules;
    assert.deepEqual(
      { ...kids, during: kids?.during.map(({ text }) => text) },
      {
        name: 'kids',
        on: ['device.left', 'person.arrived', 'person.left'],
        where: 'group:kids -tag:school',
        who: ['anna', 'group:family'],
        home: ['ben'],
        away: ['group:parents'],
        during: ['Mon-Fri 08:00-13:00'],
        drift: true,
        to: ['phone', '*', 'pager-made-elsewhere'],
        urgency: 'critical',
        group: 'subject',
        cooldown: HOUR,
        remind: HOUR / 2,
        escalate: { after: 2 * HOUR, to: ['mail'] },
        through: true,
        resolved: false,
        enabled: false,
        source: 'config',
      },
    );
    assert.deepEqual([fresh?.name, fresh?.to, fresh?.source], ['new-device', ['*'], 'config']);
    assert.deepEqual(
      upkeep.map(({ hours, ...rest }) => ({ ...rest, hours: hours.map(({ text }) => text) })),
      [{ name: 'backups', hours: ['Sun 02:00-04:00', 'Wed 02:00-02:30'], where: 'type:nas', why: 'snapshots' }],
    );
  });

  test('may name channels that people made elsewhere; what looks mistyped is a doubt, and no fault', () => {
    const text = `
[[channel]]
name = "phone"
kind = "ntfy"
fallback = "phome"
[[rule]]
name = "a"
on = ["*"]
to = ["pager", "*", "phnoe"]
escalate = { after = "5m", to = ["phon", "phone"] }
`;
    assert.deepEqual(
      soundIn(text).doubts.map(({ line, path, message, remedy }) => [line, path, message, remedy]),
      [
        ['phnoe', 9, 'rule[0].to[2]'] as const,
        ['phon', 10, 'rule[0].escalate.to[0]'] as const,
        ['phome', 5, 'channel[0].fallback'] as const,
      ].map(([name, line, path]) => [
        line,
        path,
        `rollcall.toml:${line}: reading ${path}: the file has no channel "${name}"`,
        'did you mean "phone"?',
      ]),
    );
    assert.deepEqual(soundIn(EVERYTHING).doubts, []);
  });

  test('has a filter and a channel judged by those who know them, at their lines', () => {
    const checks: ConfigChecks = {
      filter: (text) => (text === 'tag:ok' ? good(null) : bad(`reading filter: "${text}" at column 1: no\n${text}\n^^^`, 'write tag:ok')),
      channel: (kind, options, { reach, ownPort }) => [
        ...(kind === 'ntfy' ? [] : [{ key: null, reason: `there is no kind "${kind}"`, remedy: 'did you mean "ntfy"?' }]),
        ...(options['url'] === undefined
          ? [{ key: 'url', reason: 'it is missing', remedy: `write one in ${reach} not at ${ownPort}` }]
          : []),
        ...('token' in options ? [{ key: 'token', reason: 'it is too short', remedy: 'write all of it' }] : []),
      ],
    };
    const text = `
http.port = 9191
alerts.reach = ["10.0.0.5"]
[[channel]]
name = "phone"
kind = "ntfi"
token = "hunter2"
[[rule]]
name = "a"
on = ["*"]
where = "tag:no"
[[rule]]
name = "b"
on = ["*"]
where = "tag:ok"
[[maintenance]]
name = "c"
at = ["Sun 02:00-04:00"]
where = "x"
`;
    assert.deepEqual(faultsOf(text, checks), [
      '4 channel[0].url: f:4: reading channel[0].url: it is missing (write one in 10.0.0.5 not at 9191)',
      '6 channel[0].kind: f:6: reading channel[0].kind: there is no kind "ntfi" (did you mean "ntfy"?)',
      '7 channel[0].token: f:7: reading channel[0].token: it is too short (write all of it)',
      '11 rule[0].where: f:11: reading rule[0].where: "tag:no" at column 1: no (write tag:ok)',
      '19 maintenance[0].where: f:19: reading maintenance[0].where: "x" at column 1: no (write tag:ok)',
    ]);
    assert.deepEqual(faultsOf(text), [], 'without them there is nothing to say');
    const [phone = ''] = faultsOf('[[channel]]\nname = "p"\nkind = "ntfy"', checks);
    assert.match(phone, /write one in {2}not at 9090/);
  });

  test('ends at five hundred of each', () => {
    const many = (list: string, rest: string, count: number): string =>
      Array.from({ length: count }, (_, n) => `[[${list}]]\nname = "n${n}"\n${rest}\n`).join('');
    for (const [list, rest] of [
      ['rule', 'on = ["*"]'],
      ['channel', 'kind = "ntfy"'],
      ['maintenance', 'at = ["Sun 02:00-04:00"]'],
    ] as const) {
      assert.deepEqual(faultsOf(many(list, rest, 500)), []);
      assert.deepEqual(faultsOf(many(list, rest, 502)), [
        `1501 ${list}[500]: f:1501: reading ${list}[500]: there are more than 500 of these (put several into one)`,
      ]);
    }
  });

  test('is read at once, however many names in it are strange', () => {
    const channels = Array.from({ length: 500 }, (_, n) => `[[channel]]\nname = "channel-${n}"\nkind = "x"\n`).join('');
    const to = Array.from({ length: 64 }, (_, n) => `"chanel-${n}-x"`).join();
    const rules = Array.from({ length: 500 }, (_, n) => `[[rule]]\nname = "r${n}"\non = ["*"]\nto = [${to}]\n`).join('');
    const began = performance.now();
    assert.equal(soundIn(channels + rules).doubts.length, 100);
    assert.ok(performance.now() - began < 5000);
  });

  test('takes a broker that can be reached: user and password as URLs write them, and a port that there is', () => {
    for (const url of ['mqtt://broker.lan', 'mqtts://me@[fd00::5]:8883/', 'mqtt://me:p%40ss@10.0.0.5:1', 'mqtt://me:@b:65535'])
      assert.equal(configOf(`mqtt.url = "${url}"`).mqtt.url, url);
    for (const url of [
      'mqtt://b:0',
      'mqtt://b:65536',
      'mqtt://me:%zz@b',
      'mqtt://me:%ff@b',
      'mqtt://a@b@c',
      'ws://b',
      'mqtt://',
      'mqtt://b/x',
      'b',
    ])
      assert.match(
        faultsOf(`mqtt.url = "${url}"`).join(),
        /^1 mqtt\.url: f:1: reading mqtt\.url: its value is not the address of a broker/,
        url,
      );
  });

  test('S24: a secret that stands where it should not is in no message', () => {
    const secret = 'hunter2';
    for (const text of [
      `mqtt.url = "${secret}"`,
      `mqtt.url = ["${secret}"]`,
      `mqtt.url = "mqtt://u:${secret}/@broker"`,
      `[[channel]]\nname = "p"\nkind = "x"\npassword = { a = nan, b = "${secret}" }`,
      `[[channel]]\nname = "p"\nkind = "x"\ntoken = [2026-01-01, "${secret}"]`,
      `[[channel]]\nname = "P"\nkind = "x"\nurl = "https://u:${secret}@x"`,
    ]) {
      const faults = faultsOf(text);
      assert.equal(faults.length, 1, text);
      assert.doesNotMatch(faults.join(), /hunter2/);
    }
  });
});
