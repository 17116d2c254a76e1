import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rangesOf } from '../../../test/probes/stub.ts';
import { PLAN_NAMES, PLANS } from '../../core/index.ts';
import type { Job } from '../jobs.ts';
import { commandOf } from './command-of.ts';
import { jobText, readJob } from './job-text.ts';

const NMAP: Job = {
  kind: 'nmap',
  budget: 60_000,
  facts: { plan: PLANS.ports, family: 4, ranges: rangesOf('10.77.0.0/24'), iface: 'lan0', privileged: true, local: false, thorough: false },
};
const JOBS: readonly Job[] = [
  NMAP,
  ...PLAN_NAMES.map(
    (name): Job => ({ ...NMAP, facts: { ...NMAP.facts, plan: PLANS[name], pace: { rate: 300, perHost: null }, fragile: true } }),
  ),
  {
    ...NMAP,
    facts: {
      ...NMAP.facts,
      ports: {
        tcp: [
          [22, 22],
          [80, 90],
        ],
        udp: [[53, 53]],
      },
    },
  },
  { ...NMAP, facts: { ...NMAP.facts, plan: { ...PLANS.services, scripts: 'safe', ports: { kind: 'list', ports: [[1, 9]] } } } },
  { ...NMAP, facts: { ...NMAP.facts, family: 6, ranges: rangesOf('fd77::1', 'fd77::5-fd77::9'), iface: null } },
  {
    kind: 'arp-scan',
    budget: 1000.5,
    facts: { iface: 'lan0', source: '10.77.0.254', ranges: rangesOf('10.77.0.0/24'), pace: { rate: 500, tries: 2, patience: 250 } },
  },
  { kind: 'echo', budget: 5000, facts: { iface: 'lan0', source: null } },
  { kind: 'capture', facts: { iface: 'lan0' } },
];

/** As it comes out at the other end. */
const sent = (job: Job): unknown => JSON.parse(JSON.stringify(jobText(job)));

test('each kind of job reads back from its text as it was, and makes the same command', () => {
  for (const job of JOBS) {
    const read = readJob(sent(job));
    assert.ok(read.ok, JSON.stringify(read.ok ? '' : read.reason));
    assert.deepEqual(read.value, job);
    assert.deepEqual(commandOf(read.value, '/usr/bin/tool', []), commandOf(job, '/usr/bin/tool', []));
  }
});

test('a job whose time is up already is sent with none left', () => {
  const read = readJob(sent({ ...NMAP, budget: -5 }));
  assert.equal(read.ok && read.value.kind === 'nmap' && read.value.budget, 0);
});

interface Place {
  readonly [key: string]: unknown;
}

/** The text of a job with one thing changed, wherever in it. */
function changed(job: Job, path: readonly string[], value: unknown): unknown {
  const text = sent(job) as Place;
  const inner = path.slice(0, -1).reduce<Place>((at, key) => at[key] as Place, text) as Record<string, unknown>;
  Object.defineProperty(inner, path.at(-1) as string, { value, enumerable: true, configurable: true, writable: true });
  return text;
}

const refused = (text: unknown, why: RegExp): void => {
  const read = readJob(text);
  assert.ok(!read.ok, `taken: ${JSON.stringify([text]).slice(0, 300)}`);
  assert.match(read.reason, why);
};

test('S29: a member too many, anywhere, is refused: no options, no arguments, no paths', () => {
  for (const key of ['argv', 'args', 'options', 'tool', 'path', 'leash', 'env', 'cwd', '__proto__', 'constructor', 'toString'])
    for (const path of [[key], ['facts', key], ['facts', 'plan', key]])
      refused(changed(NMAP, path, ['--script', 'vuln']), /is no member of it/);
});

test('S29: words, dashes, numbers of the wrong size and prototypes are refused wherever a value belongs', () => {
  const odd: unknown[] = ['-iL /etc/passwd', '--script=vuln', '$(id)', -1, 1e300, {}, [], null, true, '__proto__', ['10.0.0.0/8; id']];
  const places = [['kind'], ['budget'], ['facts'], ['facts', 'family'], ['facts', 'ranges'], ['facts', 'privileged'], ['facts', 'local']];
  const ofPlan = ['name', 'protocol', 'versions', 'assumeUp', 'timing', 'budget'].map((key) => ['facts', 'plan', key]);
  for (const path of [...places, ...ofPlan])
    for (const value of odd) {
      if (value === true && ['privileged', 'local', 'versions', 'assumeUp'].includes(path.at(-1) as string)) continue;
      refused(changed(NMAP, path, value), /./);
    }
});

test('S29: what is no canonical range of addresses is no target', () => {
  const words = [
    '-iR',
    '0/0',
    '0.0.0.0/0',
    '::/0',
    'example.com',
    '10.0.0.1 -sC',
    '10.0.0.01',
    '10.0.0.1\n-iL',
    '10.0.0.0/33',
    '',
    '10.77.0,1.1',
  ];
  for (const word of words) refused(changed(NMAP, ['facts', 'ranges'], [word]), /ranges: /);
  refused(changed(NMAP, ['facts', 'ranges'], []), /names no address/);
  refused(changed(NMAP, ['facts', 'ranges'], Array(20_000).fill('10.0.0.1')), /more than/);
});

test('S29: no ports at all, and ports that are none, are refused', () => {
  for (const ports of [{}, { tcp: [] }, { tcp: [[5, 1]] }, { tcp: [[0, 65_536]] }, { tcp: [[1]] }, { sctp: [[1, 2]] }, { tcp: '22' }])
    refused(changed(NMAP, ['facts', 'ports'], ports), /ports: /);
});

test('S29: scripts are chosen by the name of a set, never by their own', () => {
  for (const word of ['vuln', 'default,exploit', '/tmp/x.nse', '+all', 'Safe'])
    refused(changed(NMAP, ['facts', 'plan', 'scripts'], word), /scripts: /);
});

test('S29: interfaces that could pass for an option, a path or a host are refused', () => {
  for (const kind of ['echo', 'capture'] as const)
    for (const iface of ['-w/etc/x', '--help', 'a b', 'a/b', 'eth0%x:1', '', 'x'.repeat(16), '\u202elan0'])
      refused(changed(JOBS.find((job) => job.kind === kind) as Job, ['facts', 'iface'], iface), /iface: /);
});

test('S29: whatever JSON comes, reading it gives a job or a reason, and a job only makes words we know', () => {
  const known = /^(?:-[\w-]+|--[\w=:./-]+|[\w:,./%=-]+|--format=\$\{ip\}\\t\$\{mac\}|[^\n]*ether proto[^\n]*)$/;
  fc.assert(
    fc.property(fc.constantFrom(...JOBS), fc.jsonValue(), fc.nat(30), (job, value, pick) => {
      const text = sent(job) as { facts: Place };
      const places = [...Object.keys(text).map((key) => [key]), ...Object.keys(text.facts).map((key) => ['facts', key])];
      const read = readJob(changed(job, places[pick % places.length] as string[], value));
      if (read.ok && read.value.kind !== 'capture')
        for (const word of commandOf(read.value, '/usr/bin/tool', []))
          if (!word.includes(read.value.facts.iface ?? '\n')) assert.match(word, known);
    }),
    { numRuns: 2000 },
  );
  for (const odd of [undefined, null, 1, 'x', [], {}, { kind: '__proto__' }, { kind: 'toString' }, { kind: ['nmap'] }])
    refused(odd, /no kind of job/);
});
