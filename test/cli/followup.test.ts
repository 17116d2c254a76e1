import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FollowUpJson } from '../../src/contract/index.ts';
import { rollcall } from './fake-world.ts';
import { result, scan, stream } from './make.ts';

const LOTS = [
  ['192.0.2.7', '22,80'],
  ['192.0.2.8', '443'],
] as const;
const COMMANDS = LOTS.map(([address, ports]) => ['/usr/bin/nmap', '-sV', '-p', ports, '--', address]);

const due = (over: Partial<FollowUpJson> = {}): FollowUpJson => ({
  opened: 2,
  old: 1,
  lots: LOTS.map(([address, ports]) => ({ addresses: [address], ports: { tcp: ports } })),
  commands: COMMANDS,
  shell: COMMANDS.map((command) => command.join(' ')),
  spared: [{ device: 9, address: '192.0.2.9', protocol: 'tcp', port: 502, reason: 'a controller' }],
  ...over,
});
const nothing = due({ opened: 0, old: 0, lots: [], commands: [], shell: [], spared: [] });
const running = scan({ outcome: 'running', finishedAt: null, plan: 'services' });

test('what is due is printed as exact commands, and nothing is sent', async () => {
  const { code, out, err, calls } = await rollcall(['followup', '--print'], { answers: { 'followup.plan': () => due() } });
  assert.equal(code, 0);
  assert.equal(out, '/usr/bin/nmap -sV -p 22,80 -- 192.0.2.7\n/usr/bin/nmap -sV -p 443 -- 192.0.2.8\n');
  assert.equal(err, 'left alone: 192.0.2.9 tcp/502 (a controller)\n');
  assert.deepEqual(calls, [{ operation: 'followup.plan', input: { target: [] } }]);
});

test('as JSON it comes argument by argument', async () => {
  const ran = await rollcall(['followup', '192.0.2.0/28', '--print', '--json'], { answers: { 'followup.plan': () => due() } });
  assert.deepEqual(ran.json(), due());
  assert.deepEqual(ran.calls[0]?.input, { target: ['192.0.2.0/28'] });
});

test('without --print it is asked, and followed like any scan', async () => {
  const answers = {
    'followup.plan': () => due(),
    'followup.start': () => ({ scan: running }),
    'scans.follow': () => stream({ kind: 'result' as const, result: result({ scan: scan({ plan: 'services' }) }) }),
  };
  const { code, out, calls } = await rollcall(['followup', '192.0.2.0/28'], { answers });
  assert.equal(code, 0);
  assert.match(out, /^scan 31 of .*: complete/);
  assert.deepEqual(
    calls.map(({ operation }) => operation),
    ['followup.plan', 'followup.start', 'scans.follow'],
  );
});

test('where this machine must stand and quiet hours are passed on; a guard nobody could meet is refused before anything', async () => {
  const answers = {
    'followup.plan': () => due(),
    'followup.start': () => ({ scan: running }),
    'scans.follow': () => stream({ kind: 'result' as const, result: result() }),
  };
  const { calls } = await rollcall(['followup', '--guard', 'gateway=02:00:5e:00:53:01', '--now'], { answers });
  assert.deepEqual(calls[1]?.input, { targets: [], guard: { gateway: '02:00:5e:00:53:01' }, now: true });
  const refused = await rollcall(['followup', '--guard', 'gateway=$(reboot)'], { answers });
  assert.deepEqual([refused.code, refused.calls], [2, []]);
});

test('nothing due is fine, and begins no scan', async () => {
  for (const argv of [['followup'], ['followup', '--print']]) {
    const { code, out, err } = await rollcall(argv, { answers: { 'followup.plan': () => nothing } });
    assert.deepEqual([code, out, err], [0, '', 'nothing is due\n']);
  }
});

test('when somebody else has just asked it all, that is said', async () => {
  const answers = { 'followup.plan': () => due(), 'followup.start': () => ({ scan: null }) };
  const { code, err } = await rollcall(['followup'], { answers });
  assert.equal(code, 2);
  assert.match(err, /all that was due has just been asked/);
});
