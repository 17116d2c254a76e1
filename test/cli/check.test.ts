import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { DriftJson, IncidentJson } from '../../src/contract/index.ts';
import { ago, check, listOf, sweep, swept } from './checking.ts';
import { type Ran, rollcall } from './fake-world.ts';
import { device, target } from './make.ts';

suite('a check', () => {
  test('tells in one line how many are here, with numbers for graphs', async () => {
    const { code, out, err } = await check({ here: 41, away: 3 }, ['-w', '10:50', '-c', '5:60']);
    assert.deepEqual([code, err], [0, '']);
    assert.equal(out, 'ROLLCALL OK - 41 hosts present | present=41;10:50;5:60;0 away=3 unknown=0 age=42s;;;0\n');
  });

  test('S0: with too few or too many hosts it is critical', async () => {
    const words = ['--min-hosts', '5', '--max-hosts', '6'];
    const [few, right, many] = await Promise.all([4, 5, 7].map((here) => check({ here }, words)));
    assert.deepEqual([few?.code, right?.code, many?.code], [2, 0, 2]);
    assert.equal(few?.out, 'ROLLCALL CRITICAL - 4 hosts present, fewer than 5 | present=4;;5:6;0 away=0 unknown=0 age=42s;;;0\n');
    assert.match(many?.out ?? '', /^ROLLCALL CRITICAL - 7 hosts present, more than 6 \|/);
    assert.equal((await check({ here: 4 }, ['--min-hosts', '5'])).code, 2);
    assert.equal((await check({ here: 1e3 }, ['--min-hosts', '5'])).code, 0);
    assert.equal((await check({ here: 1 }, ['--max-hosts', '0'])).code, 2);
  });

  test('with too few it is told of how many more nobody can say', async () => {
    const { code, out } = await check({ here: 3, unknown: 10 }, ['--min-hosts', '5']);
    assert.equal(code, 2);
    assert.match(
      out,
      /^ROLLCALL CRITICAL - 3 hosts present, fewer than 5, of 10 more nobody can say \| present=3;;5:;0 away=0 unknown=10 /,
    );
    assert.doesNotMatch((await check({ here: 3, unknown: 10 }, ['--max-hosts', '2'])).out, /nobody can say/);
  });

  test('ranges are those of all plugins; the worse one counts', async () => {
    const codes = async (here: number, ...words: string[]): Promise<number> => (await check({ here }, words)).code;
    assert.equal(await codes(3, '-w', '10:', '-c', '5:'), 2);
    assert.equal(await codes(7, '-w', '10:', '-c', '5:'), 1);
    assert.equal(await codes(7, '--warning', '@5:8'), 1);
    assert.equal(await codes(9, '--warning=@5:8'), 0);
    assert.equal(await codes(0, '-c', '1:'), 2);
    assert.equal(await codes(60, '-w', '50'), 1);
  });

  test('only devices that fit a filter count', async () => {
    const also = [device({ id: 1, groups: ['office'], presence: 'present' }), device({ id: 2, groups: ['office'], presence: 'away' })];
    const { out, calls } = await check({ here: 9, also }, ['--filter', 'group:office', '-c', '2:']);
    assert.match(out, /^ROLLCALL CRITICAL - 1 host present, fewer than 2 \| present=1;;2:;0 away=1 /);
    assert.ok(calls.some(({ operation, input }) => operation === 'devices.list' && input.filter === 'group:office'));
  });

  test('only devices of a target count, and only its looks', async () => {
    const other = swept(sweep(99_999), { target: { ...target().target, id: 2, target: '10.0.0.0/24' } });
    const also = [device({ id: 1, addresses: ['10.0.0.9'] })];
    const network = { here: 3, also, targets: [swept(sweep(10)), other] };
    assert.match((await check(network, ['--target', '192.0.2.0/28'])).out, /^ROLLCALL OK - 3 hosts present \|.* age=10s/);
    assert.match((await check(network, ['--target', '#2'])).out, /^ROLLCALL UNKNOWN - .* - last known: 1 host present \|/);
    const stranger = await check(network, ['--target', '10.9.9.0/24']);
    assert.deepEqual(
      [stranger.code, stranger.out],
      [3, "ROLLCALL UNKNOWN - finding target '10.9.9.0/24': it is not watched, remedy: watched are 192.0.2.0/28, 10.0.0.0/24\n"],
    );
  });
});

suite('those who must be here', () => {
  const nas = device({ id: 1, name: 'nas', alias: 'NAS', names: ['nas.lan'], macs: ['00:00:5e:00:53:07'], addresses: ['192.0.2.200'] });

  test('are named when they are not: by name, address or MAC, in any case', async () => {
    const list = listOf('# always on\nNAS.lan.\n00-00-5E-00-53-07  # the same\n192.0.2.200\nprinter\n\n192.0.2.77\n');
    const { code, out } = await check({ also: [nas] }, ['--expect', list]);
    assert.equal(code, 2);
    assert.match(out, /^ROLLCALL CRITICAL - 1 host present, missing: printer, 192\.0\.2\.77 \|.* missing=2 /);
    assert.equal((await check({ also: [nas] }, ['--expect', listOf('nas\n')])).code, 0);
  });

  test('whose presence nobody knows are no alarm, and not fine either', async () => {
    const { code, out } = await check({ here: 2, also: [{ ...nas, presence: 'unknown' }] }, ['--expect', listOf('nas\n')]);
    assert.equal(code, 3);
    assert.match(out, /^ROLLCALL UNKNOWN - 2 hosts present, nobody can say whether here is: nas \|/);
  });

  test('of whom many are missing are counted, and all of them told when more is asked', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `server-${i}`);
    const { out } = await check({ here: 1 }, ['--expect', listOf(names.join('\r\n')), '-v']);
    const [first, ...more] = out.trimEnd().split('\n');
    assert.match(first ?? '', /missing: server-0, server-1, server-2, server-3, server-4 and 35 more \|/);
    assert.deepEqual(
      more,
      names.map((name) => `missing: ${name}`),
    );
  });

  test('a list that names nobody, is no list or is not there is never fine', async () => {
    for (const [text, said] of [
      ['# nobody\n\n', /it names nobody/],
      ['nas\u0000x\n', /here\.txt:1: it is no name/],
      [`${'x'.repeat(300)}\n`, /here\.txt:1: it is no name/],
    ] as const) {
      const { code, out } = await check({ here: 1 }, ['--expect', listOf(text)]);
      assert.equal(code, 3);
      assert.match(out, said);
    }
    assert.match(
      (await check({ here: 1 }, ['--expect', '/nowhere/list'])).out,
      /^ROLLCALL UNKNOWN - stat \/nowhere\/list: there is no such file/,
    );
  });
});

suite('what is new, and what is not as approved', () => {
  const newcomer = device({ id: 5, name: 'cam', addresses: ['192.0.2.66'], firstSeen: ago(3000) });
  const drift = (count: number): DriftJson => ({
    subject: 'home',
    at: ago(0),
    begun: true,
    devices: 3,
    asApproved: 2,
    items: Array.from({ length: count }, () => ({
      kind: 'service.unapproved' as const,
      device: { id: 5, name: 'cam', addresses: ['192.0.2.66'], macs: [] },
      port: { protocol: 'tcp' as const, port: 23 },
      service: 'telnet',
      found: 'telnetd',
      approved: null,
      reason: 'nobody approved it',
      approval: null,
    })),
    unknown: [],
  });

  test('newcomers are a warning, within the span that was asked', async () => {
    const { code, out } = await check({ here: 2, also: [newcomer] }, ['--new', '1h']);
    assert.equal(code, 1);
    assert.match(out, /^ROLLCALL WARNING - 3 hosts present, new: cam at 192\.0\.2\.66 \|.* new=1 /);
    assert.match((await check({ here: 2, also: [newcomer] }, ['--new', '45m'])).out, /^ROLLCALL OK .* new=0 /);
  });

  test('drift is a warning, or critical where it was said; a line each when more is asked', async () => {
    const network = { here: 3, drift: () => drift(2) };
    const { code, out, calls } = await check(network, ['--drift', '-v', '--target', '1', '--filter', 'group:x']);
    assert.equal(code, 1);
    assert.match(out, /^ROLLCALL WARNING - 0 hosts present, 2 not as approved: cam \|.* drift=2 /);
    assert.match(out, /\ncam 23\/tcp: service\.unapproved, nobody approved it\n/);
    assert.deepEqual(calls.find(({ operation }) => operation === 'approvals.drift')?.input, { filter: 'group:x', target: '1' });
    assert.equal((await check(network, ['--drift', '--critical-on', 'new,drift'])).code, 2);
    assert.match((await check({ here: 3, drift: () => drift(0) }, ['--drift'])).out, /^ROLLCALL OK .* drift=0 /);
  });
});

suite('open incidents', () => {
  const incident = (over: Partial<IncidentJson>): IncidentJson => ({
    id: 4,
    rule: 'important-left',
    urgency: 'high',
    to: ['ops'],
    title: 'nas.lan left `now`',
    subjects: [{ key: 'device:7', over: false }],
    firstSeq: 3,
    lastSeq: 3,
    count: 1,
    openedAt: ago(300),
    changedAt: ago(300),
    closedAt: null,
    closedBy: null,
    acknowledged: null,
    remindAt: null,
    escalateAt: null,
    ...over,
  });

  test('are a warning until somebody takes note, and critical when they are so to whoever is told', async () => {
    const acknowledged = incident({ id: 5, acknowledged: { at: ago(10), by: 'ada' } });
    const { code, out } = await check({ here: 1, incidents: [incident({}), acknowledged] }, ['--incidents', '-v']);
    assert.equal(code, 1);
    assert.match(out, /^ROLLCALL WARNING - 1 host present, 1 open incident: nas\.lan left \?now\? \|.* incidents=1 /);
    assert.match(out, /\nincident 4, important-left: nas\.lan left \?now\?\n$/);
    assert.equal((await check({ incidents: [acknowledged] }, ['--incidents'])).code, 0);
    assert.equal((await check({ incidents: [incident({ urgency: 'critical' })] }, ['--incidents'])).code, 2);
    assert.equal((await check({ incidents: [incident({})] }, ['--incidents', '--critical-on', 'incidents'])).code, 2);
  });
});

suite('S5: hostile names', () => {
  const evil = 'x|present=0;;; $(reboot)`id`"\';\n2nd line\u202e\u001b[31m<script>\\n';

  test('mean nothing to graphs, shells, pages and lines', async () => {
    const also = [device({ id: 3, name: evil, firstSeen: ago(5) })];
    const plugin = (await check({ here: 1, also }, ['--new', '1h', '-v'])).out;
    const local = (await check({ here: 1, also }, ['--new', '1h', '-v', '--format', 'checkmk'])).out;
    const [pipes, lines] = [(text: string) => text.split('|').length - 1, (text: string) => text.trimEnd().split('\n').length];
    assert.deepEqual([pipes(plugin), lines(plugin), pipes(local), lines(local)], [1, 2, 4, 1]);
    assert.match(plugin, /, new: x\?present\?0\?\?\? /);
    for (const out of [plugin, local.replace('3 "Rollcall"', '').replace('1 "Rollcall"', '').replace('\\n', '')])
      assert.doesNotMatch(out.replace(/age=.*\n|;;;0/, ''), /[`$"'<>\\()\u001b\u202e]/);
  });
});

suite('other forms', () => {
  test('Checkmk gets the line of a local check', async () => {
    const { code, out } = await check({ here: 41, away: 3 }, ['--format', 'checkmk', '-w', '10:50', '-c', '60', '--item', 'Office "LAN"']);
    assert.equal(code, 0);
    assert.equal(out, '0 "Office LAN" present=41;10:50;60|away=3|unknown=0|age=42 41 hosts present\n');
    const { out: inside } = await check({ here: 1 }, ['--format', 'checkmk', '-w', '@5:6', '-c', '1:', '--expect', listOf('a\nb\n'), '-v']);
    assert.match(
      inside,
      /^2 "Rollcall" present=1\|away=0\|unknown=0\|missing=2\|age=42 1 host present, missing: a, b\\nmissing: a\\nmissing: b\n$/,
    );
    assert.equal((await check({}, ['--format', 'checkmk', '-w', 'x'])).out.slice(0, 15), '3 "Rollcall" - ');
  });

  test('programs get JSON', async () => {
    const { code, json } = { ...(await check({ here: 2 }, ['--json', '-w', '5:'])) };
    assert.equal(code, 1);
    const { metrics, ...rest } = json();
    assert.deepEqual(rest, { state: 'WARNING', code: 1, text: '2 hosts present, fewer than 5', details: [] });
    assert.deepEqual(metrics[0], { label: 'present', value: 2, unit: '', warning: '5:', critical: null });
    const wrong = await check({}, ['--json', '-w', 'x']);
    assert.deepEqual([wrong.code, wrong.json().state], [3, 'UNKNOWN']);
  });

  test('the version and the help are no good news', async () => {
    assert.deepEqual(((ran: Ran) => [ran.code, ran.out])(await rollcall(['check', '-V'])), [3, 'rollcall check 9.9.9\n']);
    const { code, out } = await rollcall(['check', '--help']);
    assert.equal(code, 3);
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
  });
});
