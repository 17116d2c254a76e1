import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { rollcall } from './fake-world.ts';
import { change, device } from './make.ts';

const history = { device: device({ alias: 'printer', os: 'Linux 5', window: '2h' }), spans: [], changes: [change()] };

test('a device is shown with what is known of it, its ports and its changes', async () => {
  const { code, out, calls } = await rollcall(['device', 'printer'], { answers: { 'devices.get': () => history } });
  assert.equal(code, 0);
  assert.deepEqual(calls, [{ operation: 'devices.get', input: { reference: 'printer' } }]);
  assert.equal(
    out,
    `printer  #7  present
  alias       printer
  names       printer (mdns, since 2026-11-01 08:00:00, confirmed 2026-11-21 11:00:00)
  addresses   192.0.2.20
  MACs        00:00:5e:00:53:01
  vendor      ACME
  system      Linux 5
  first seen  2026-11-01 08:00:00
  last seen   2026-11-21 11:59:00
  window      2h
  ports
    631/tcp

SEQ  WHEN                 CHANGE       DEVICE        WHAT
12   2026-11-21 03:00:00  port.opened  printer (#7)  22/tcp ssh OpenSSH 9.2
`,
  );
});

test('each name of a device has a line with who says so and how old that is', async () => {
  const name = (text: string, since: string | null, confirmed = since) => ({ name: text, source: 'dns' as const, since, confirmed });
  const nameSources = [name('a.lan', '2026-11-01T08:00:00.000Z'), name('b.lan', null)];
  const { out } = await rollcall(['device', '7'], { answers: { 'devices.get': () => ({ ...history, device: device({ nameSources }) }) } });
  assert.match(out, /\n {2}names {7}a\.lan \(dns, since 2026-11-01 08:00:00\)\n {14}b\.lan \(dns\)\n/);
});

test('its history tells who said each label and name, since when and until when', async () => {
  const said = (kind: 'label' | 'name' | 'port', key: string, value: string, over: object = {}) => ({
    kind,
    key,
    value,
    service: null,
    from: '2026-11-20T08:00:00.000Z',
    to: null,
    openedBy: 31,
    closedBy: null,
    ...over,
  });
  const past = { from: '2026-11-01T08:00:00.000Z', to: '2026-11-20T08:00:00.000Z', openedBy: 4, closedBy: 31 };
  const spans = [
    said('port', 'tcp/631', 'open'),
    said('name', 'npi123456', 'mdns', { openedBy: 2 }),
    said('label', 'note', `by the\ndoor ${'x'.repeat(60)}`),
    said('label', 'distinct:9', ''),
    said('label', 'group:my iot', ''),
    said('label', 'carried', 'false'),
    said('label', 'window', '45m'),
    said('label', 'owner', 'Anna \u202eB'),
    said('label', 'owner', 'Bo', past),
    said('label', 'alias', 'printer'),
  ];
  const { out } = await rollcall(['device', '7', '--history'], { answers: { 'devices.get': () => ({ ...history, spans }) } });
  const since = 'somebody (edit 31)  2026-11-20 08:00:00  now';
  const gap = ' '.repeat(44);
  const lines = [
    `LABEL    VALUE${gap.slice(5)}  SAID BY             SINCE                UNTIL`,
    `name     printer${gap.slice(7)}  ${since}`,
    `owner    Bo${gap.slice(2)}  somebody (edit 4)   2026-11-01 08:00:00  2026-11-20 08:00:00`,
    `owner    Anna \\u{202e}B${gap.slice(14)}  ${since}`,
    `carried  no${gap.slice(2)}  ${since}`,
    `group    my iot${gap.slice(6)}  ${since}`,
    `window   45m${gap.slice(3)}  ${since}`,
    `note     by the door ${'x'.repeat(31)}…  ${since}`,
    `is not   #9${gap.slice(2)}  ${since}`,
    `called   npi123456${gap.slice(9)}  mdns (scan 2)       2026-11-20 08:00:00  now`,
  ];
  const shown = out.split('\n');
  const at = shown.findIndex((line) => line.startsWith('LABEL'));
  assert.deepEqual(shown.slice(at, at + lines.length), lines);
  assert.ok(shown.at(-3)?.startsWith('SEQ'), 'its changes follow');
});

test('of a device of which nobody said anything the history says so', async () => {
  const answers = { 'devices.get': () => history };
  assert.match((await rollcall(['device', '7', '--history'], { answers })).err, /^nobody said anything of it, and it has no name$/m);
  const { code, err } = await rollcall(['device', 'set', '7', '--tag', 'ok', '--history']);
  assert.equal(code, 2);
  assert.match(err, /--history beside "device set"\n {2}remedy: show one device with it/);
});

test('as JSON it is the device, its spans and its changes', async () => {
  const ran = await rollcall(['device', '7', '--json'], { answers: { 'devices.get': () => history } });
  assert.deepEqual(ran.json(), history);
});

test('a name and a window are set, and taken away again', async () => {
  const cases: [string[], object][] = [
    [['--name', 'the printer'], { name: 'the printer' }],
    [['--name', ''], { name: null }],
    [['--window', '90m'], { window: '90m' }],
    [['--window', 'usual'], { window: null }],
    [['--name', 'x', '--window', '1h'], { name: 'x', window: '1h' }],
  ];
  for (const [options, edit] of cases) {
    const { code, calls } = await rollcall(['device', 'printer', ...options], {
      answers: { 'devices.edit': () => history.device, 'devices.get': () => history },
    });
    assert.equal(code, 0);
    // A new name may be what the device is called by from now on, so it is shown by its id.
    assert.deepEqual(
      calls.map(({ input }) => input),
      [{ reference: 'printer', ...edit }, { reference: '7' }],
    );
  }
});

test('an unknown device is a fault with its remedy, in text and in JSON', async () => {
  const answers = {
    'devices.get': () => {
      throw new Fault('not-found', 'finding device "toaster": there is none', 'list them with "rollcall devices"');
    },
  };
  const text = await rollcall(['device', 'toaster'], { answers });
  assert.deepEqual(
    [text.code, text.out, text.err],
    [2, '', 'rollcall: finding device "toaster": there is none\n  remedy: list them with "rollcall devices"\n'],
  );
  const json = await rollcall(['device', 'toaster', '--json'], { answers });
  assert.equal(json.code, 2);
  const fault = { code: 'not-found', message: 'finding device "toaster": there is none', remedy: 'list them with "rollcall devices"' };
  assert.deepEqual(json.json(), { fault, faults: [fault] });
});
