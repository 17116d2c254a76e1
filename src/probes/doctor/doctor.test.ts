import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FakeFacts, fakeMachine, LOOPBACK, link } from '../../../test/probes/fake-machine.ts';
import type { Finding } from '../../core/index.ts';
import { diagnose } from './doctor.ts';
import { installCommand } from './install-command.ts';
import { isOlder } from './versions.ts';

const tool = (name: string, version: string | null = null) => ({ path: `/usr/bin/${name}`, version });
const ALL = {
  nmap: tool('nmap', '7.93'),
  'arp-scan': tool('arp-scan', '1.10.0'),
  tcpdump: tool('tcpdump', '4.99.3'),
  ping: tool('ping', '20221126'),
  'apt-get': tool('apt-get'),
};
const WELL: FakeFacts = { tools: ALL, leash: ['setpriv'] };

const about = async (facts: FakeFacts, topic: string): Promise<Finding> => {
  const finding = (await diagnose(fakeMachine({ ...WELL, ...facts }))).find((each) => each.topic === topic);
  assert.ok(finding, `nothing about ${topic}`);
  return finding;
};

test('a machine with everything is fine, and says what it has', async () => {
  const findings = await diagnose(fakeMachine(WELL));
  assert.deepEqual(
    findings.filter(({ level }) => level !== 'fine'),
    [],
  );
  assert.ok(findings.every(({ remedy }) => remedy === null));
  assert.ok(findings.some(({ text }) => text === 'nmap 7.93 (/usr/bin/nmap)'));
  assert.ok(findings.some(({ text }) => text === '10.77.0.0/24 on va'));
});

test('a runner is named as the one who sends raw packets, and missed where it does not answer', async () => {
  const behind = async (there: boolean): Promise<Finding | undefined> => {
    const runner = { name: '/run/x.sock', expected: () => there, launch: () => assert.fail() };
    const findings = await diagnose({ ...fakeMachine({ ...WELL, privileged: false }), runner });
    return findings.find(({ topic }) => topic === 'privileges');
  };
  assert.deepEqual(await behind(true).then((found) => found?.level), 'fine');
  const absent = await behind(false);
  assert.deepEqual([absent?.level, absent?.remedy], ['limited', 'look at: systemctl status rollcall-runner']);
  assert.match(absent?.text ?? '', /\/run\/x\.sock does not answer/);
});

test('R11: without nmap nothing runs, and the command that installs it is named', async () => {
  const finding = await about({ tools: { 'apt-get': tool('apt-get') } }, 'nmap');
  assert.equal(finding.level, 'broken');
  assert.match(finding.remedy ?? '', /^(sudo )?apt-get install -y nmap$/);
});

test('R11: an old nmap, or one that does not tell its version, is a limit', async () => {
  assert.equal((await about({ tools: { ...ALL, nmap: tool('nmap', '7.60') } }, 'nmap')).level, 'limited');
  assert.equal((await about({ tools: { ...ALL, nmap: tool('nmap') } }, 'nmap')).level, 'limited');
});

test('each installer has its own words', async () => {
  const command = (installer: 'dnf' | 'apk' | 'brew', wanted: string) =>
    installCommand(fakeMachine({ tools: { [installer]: tool(installer) } }), wanted);
  assert.match(await command('dnf', 'nmap'), /dnf install -y nmap$/);
  assert.match(await command('apk', 'nmap'), /apk add nmap nmap-scripts$/);
  assert.match(await command('apk', 'util-linux'), /apk add setpriv$/);
  assert.equal(await command('brew', 'arp-scan'), 'brew install arp-scan');
  assert.equal(await installCommand(fakeMachine(), 'nmap'), "install nmap with this system's package manager");
});

test('R12: without raw packets the loss is named, and the fix that keeps the leash', async () => {
  const finding = await about({ privileged: false }, 'privileges');
  assert.equal(finding.level, 'limited');
  assert.match(finding.text, /CAP_NET_RAW.*MAC/);
  assert.match(finding.remedy ?? '', /systemd install.*--ambient-caps \+net_raw.*not setcap/);
});

test('missing extras are limits, not faults', async () => {
  assert.equal((await about({ tools: { nmap: ALL.nmap } }, 'arp-scan')).level, 'limited');
  assert.equal((await about({ tools: { nmap: ALL.nmap } }, 'tcpdump')).level, 'limited');
  assert.equal((await about({ leash: [] }, 'setpriv')).level, 'limited');
});

test('R1 R2: interfaces that cannot see are named, but not those without an address', async () => {
  const links = [
    [
      LOOPBACK,
      link('va', ['10.77.0.1/24'], { up: false }),
      link('vb', ['10.78.0.1/24'], { carrier: false }),
      link('spare', [], { up: false }),
    ],
  ];
  const findings = (await diagnose(fakeMachine({ ...WELL, links }))).filter(({ topic }) => topic === 'interface');
  assert.deepEqual(
    findings.map(({ text }) => text),
    ['interface va is down: nothing behind it can be seen', 'interface vb has no carrier'],
  );
});

test('a machine in no network at all says so', async () => {
  assert.equal((await about({ links: [[]] }, 'networks')).level, 'limited');
});

test('versions compare part by part', () => {
  for (const [version, than, older] of [
    ['7.9', '7.80', true],
    ['7.80', '7.80', false],
    ['7.93', '7.80', false],
    ['6.99', '7.80', true],
    ['8', '7.80', false],
    ['7.80SVN', '7.80', false],
    ['7', '7.80', true],
  ] as const)
    assert.equal(isOlder(version, than), older, `${version} < ${than}`);
});
