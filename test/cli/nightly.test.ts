import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FollowUpJson, ScanResultJson } from '../../src/contract/index.ts';
import { Fault, type Message } from '../../src/core/index.ts';
import type { Answers } from './fake-client.ts';
import { type Given, type Ran, rollcall } from './fake-world.ts';
import { change, host, result, scan, stream, target } from './make.ts';
import { page, place, post, scanning } from './reporting.ts';

const COMMAND = ['/usr/bin/nmap', '-sV', '-p', '80', '--', '192.0.2.2'];
const DUE: FollowUpJson = {
  opened: 1,
  old: 2,
  lots: [{ addresses: ['192.0.2.2'], ports: { tcp: '80' } }],
  commands: [COMMAND],
  shell: [COMMAND.join(' ')],
  spared: [{ device: 9, address: '192.0.2.9', protocol: 'tcp', port: 502, reason: 'a controller' }],
};
const NOTHING: FollowUpJson = { opened: 0, old: 0, lots: [], commands: [], shell: [], spared: [] };

/** Scan 31 looks for ports, and scan 32 asks what they serve. */
function night(ports: readonly number[], due: FollowUpJson = DUE, over: Partial<ScanResultJson> = {}): Answers {
  const first = scanning(page(...ports), { hosts: [host()] });
  const asked = result({ scan: scan({ id: 32, plan: 'services' }), hosts: [host({ names: ['asked'] })], changes: [change()], ...over });
  return {
    ...first,
    'followup.plan': () => due,
    'followup.start': () => ({ scan: scan({ id: 32, outcome: 'running', finishedAt: null }) }),
    'scans.follow': ({ id }) =>
      id === 31 ? stream({ kind: 'result', result: result({ changes: [], hosts: [host()] }) }) : stream({ kind: 'result', result: asked }),
    'scans.export': ({ id, as }) => new File([id === 31 ? page(...ports) : `${as} of ${id}\n`], 'scan'),
  };
}

function nights() {
  const { data, folder, names } = place();
  const run = (answers: Answers, words: readonly string[] = ['192.0.2.0/28'], given: Given = {}): Promise<Ran> =>
    rollcall(['nightly', ...words, '-o', folder], { data, answers, ...given });
  return {
    data,
    folder,
    names,
    run,
    read: (ending: string) => readFileSync(join(folder, names().findLast((name) => name.endsWith(ending)) as string), 'utf8'),
  };
}

test('a night looks for ports, then asks what is due, and keeps both', async () => {
  const { run, names, read } = nights();
  const { code, out, calls } = await run(night([22]));
  assert.equal(code, 0);
  assert.deepEqual(calls[0], { operation: 'scans.start', input: { targets: ['192.0.2.0/28'], plan: 'ports' } });
  assert.deepEqual(
    calls.slice(3, 6).map(({ operation, input }) => [operation, input]),
    [
      ['followup.plan', { target: ['192.0.2.0/28'] }],
      ['followup.start', { targets: ['192.0.2.0/28'] }],
      ['scans.follow', { id: 32 }],
    ],
  );
  assert.match(out, /^Night of 192\.0\.2\.0\/28, .*: first report, 1 host up\n/);
  assert.match(
    out,
    /follow-up of 1 port that opened, 2 ports asked long ago: scan 32 complete\nleft alone: 192\.0\.2\.9 tcp\/502 \(a controller\)\n {2}\/usr\/bin\/nmap -sV -p 80 -- 192\.0\.2\.2\n/,
  );
  assert.match(out, /192\.0\.2\.20 {2}asked/);
  assert.match(out, /port\.opened/);
  assert.deepEqual(
    names().map((name) => name.replace(/-.*Z/, '')),
    ['details.gnmap', 'details.nmap', 'details.xml', 'nmap.xml', 'report.html', 'report.json', 'report.txt'],
  );
  assert.deepEqual([read('.gnmap'), read('.nmap')], ['grepable of 32\n', 'normal of 32\n']);
  const { details } = JSON.parse(read('.json'));
  assert.deepEqual([details.due, details.taken.scan.id], [DUE, 32]);
  assert.match(read('.html'), /<h2 [^>]*>Follow-up of 1 port that opened, 2 ports asked long ago: scan 32 complete<\/h2>/);
});

test('the mail of a night holds its differences and its details', async () => {
  const { run } = nights();
  const { sent, openMail } = post();
  const words = ['192.0.2.0/28', '--email', 'ops@example.org'];
  await run(night([22]), words, { world: { openMail } });
  const { code, out } = await run(night([22, 80]), words, { world: { openMail } });
  assert.equal(code, 1);
  const [, mail] = sent;
  assert.ok(mail);
  const { subject, text, html }: Message = mail.message;
  assert.equal(subject, '[rollcall] 192.0.2.0/28: 1 device differs, 0 same');
  assert.equal(text, out);
  for (const bit of [/80\/tcp/, /Follow-up of 1 port that opened/, /192<?.*\.2/]) assert.match(html ?? '', bit);
});

test('nothing due is said, and nobody is asked', async () => {
  const { run, names } = nights();
  const { out, calls } = await run(night([22], NOTHING));
  assert.match(out, /\nfollow-up: nothing is due\n$/);
  assert.ok(!calls.some(({ operation }) => operation === 'followup.start'));
  assert.ok(!names().some((name) => name.startsWith('details-')));
});

test('--cmdout writes what would be asked, and asks nobody; --diffout writes the night there', async () => {
  const { data, run } = nights();
  const { out, calls } = await run(night([22]), ['192.0.2.0/28', '--cmdout', 'next.sh', '--diffout', 'night.txt']);
  assert.ok(!calls.some(({ operation }) => operation === 'followup.start'));
  assert.equal(
    readFileSync(join(data, 'next.sh'), 'utf8'),
    '#!/bin/sh\n# 1 port that opened, 2 ports asked long ago, of 192.0.2.0/28\n/usr/bin/nmap -sV -p 80 -- 192.0.2.2\n',
  );
  assert.equal(readFileSync(join(data, 'night.txt'), 'utf8'), out);
  assert.match(out, /follow-up, not asked yet: 1 port that opened, 2 ports asked long ago/);
});

test('a night that cannot be written beside is told and mailed all the same', async () => {
  const { run } = nights();
  const { sent, openMail } = post();
  const words = ['192.0.2.0/28', '--email', 'ops@example.org', '--diffout', 'missing/night.txt'];
  const { code, out, err } = await run(night([22]), words, { world: { openMail } });
  assert.deepEqual([code, sent.length, out.startsWith('Night of')], [2, 1, true]);
  assert.match(err, /writing .*missing\/night\.txt: there is no such folder/);
});

test('R7: after a scan that failed nobody is asked, and a follow-up that failed is no success', async () => {
  const { run } = nights();
  const cause = { code: 'no-carrier', text: 'eth0 has no carrier' };
  const blind = scan({ outcome: 'failed', cause, coverage: null });
  const failed = await run({ ...scanning('', { scan: blind, hosts: [] }) });
  assert.equal(failed.code, 2);
  assert.ok(!failed.calls.some(({ operation }) => operation.startsWith('followup')));
  const half = await run(night([22], DUE, { scan: scan({ id: 32, outcome: 'failed', cause, coverage: null }), hosts: [], changes: [] }));
  assert.equal(half.code, 2);
  assert.match(half.out, /scan 32 failed, because eth0 has no carrier/);
});

test('a follow-up that is refused does not keep the differences from being told', async () => {
  const { run, names } = nights();
  const quiet = {
    ...night([22]),
    'followup.start': () => {
      throw new Fault('refused', 'following up: it is quiet until 06:00', 'wait');
    },
  };
  const refused = await run(quiet);
  assert.equal(refused.code, 2);
  assert.match(refused.out, /first report[^]*not asked, because of following up: it is quiet until 06:00/);
  assert.equal(names().filter((name) => name.startsWith('nmap-')).length, 1);
  const taken = await run({ ...night([22]), 'followup.start': () => ({ scan: null }) });
  assert.match(taken.out, /no differences[^]*somebody else has just asked all that was due/);
});

test('without targets it is all that is watched, neighbours put together; without any it says how to begin', async () => {
  const { run } = nights();
  const watched = ['192.0.2.0/29', '192.0.2.8/29', 'nas.lan'].map((text, i) =>
    target({ target: { ...target().target, id: i, target: text } }),
  );
  const { calls } = await run({ ...night([22]), 'targets.list': () => watched }, []);
  assert.deepEqual(calls[1]?.input.targets, ['192.0.2.0/28', 'nas.lan']);
  const none = await run({ 'targets.list': () => [] }, []);
  assert.equal(none.code, 2);
  assert.match(none.err, /names no target, and none is watched\n {2}remedy: name one, or watch it/);
});
