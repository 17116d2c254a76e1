import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalAddress, orFault, PLAN_NAMES, PLANS, parseTarget, type TargetSpec } from '../../src/core/index.ts';
import { buildArgv } from '../../src/probes/nmap/build-argv.ts';
import { hostileTargets } from './hostile-targets.ts';
import { lookWith, stub } from './stub.ts';

const HOSTILE = hostileTargets();

const accepted = (): TargetSpec[] =>
  HOSTILE.flatMap((text) => {
    const spec = parseTarget(text);
    return spec.ok ? [spec.value] : [];
  });

/** "10.0.0.0/24", "10.0.0.1", "fd77::/64", and exactly as core writes them. */
function isCanonical(word: string): boolean {
  const [base = '', prefix] = word.split('/');
  return canonicalAddress(base) === base && (prefix === undefined || /^(?:[1-9]\d{0,2})$/.test(prefix));
}

test('S1: of 500 hostile targets each is refused, or is a plain name or canonical addresses', () => {
  assert.ok(HOSTILE.length >= 500, `${HOSTILE.length} strings`);
  for (const spec of accepted()) {
    if (spec.kind === 'hostname') assert.match(spec.hostname, /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
    else assert.ok(spec.ranges.every(({ first, last }) => first <= last));
  }
});

test('S1: after "--" stand only canonical blocks and addresses, whatever was accepted', () => {
  let words = 0;
  for (const spec of accepted()) {
    if (spec.kind === 'hostname') continue;
    for (const name of PLAN_NAMES) {
      const family = spec.ranges[0]?.family ?? 4;
      const argv = buildArgv({ plan: PLANS[name], family, ranges: spec.ranges, iface: 'va', privileged: true, local: false });
      const targets = argv.slice(argv.indexOf('--') + 1);
      words += targets.length;
      for (const word of targets) assert.ok(isCanonical(word), word);
    }
  }
  assert.ok(words > 0, 'some addresses of the list are good ones');
});

test('S1: whatever number, or no number at all, stands for a rate, nmap gets digits where a number belongs, and no option more', () => {
  const [range] = accepted().flatMap((spec) => (spec.kind === 'ranges' ? [spec.ranges] : []));
  const odd: unknown[] = [0, -1, 0.5, 1e21, Number.NaN, Number.POSITIVE_INFINITY, '300 --script vuln', '-iL', null, undefined, {}, []];
  const both = (odd as number[]).flatMap((rate) => (odd as number[]).map((perHost) => ({ rate, perHost })));
  for (const pace of both) {
    const plan = { ...PLANS.services, hostTimeout: pace.rate };
    const argv = buildArgv({ plan, family: 4, ranges: range ?? [], iface: 'va', privileged: true, local: false, pace });
    const numbers = ['--max-rate', '--scan-delay', '--max-hostgroup', '--host-timeout'].flatMap(
      (option) => argv[argv.indexOf(option) + 1] ?? [],
    );
    const said = numbers.filter((_, i) => argv.includes(['--max-rate', '--scan-delay', '--max-hostgroup', '--host-timeout'][i] as string));
    for (const number of said) assert.match(number, /^[1-9]\d*(?:ms)?$/, JSON.stringify(pace));
    assert.ok(!argv.slice(0, argv.indexOf('--')).some((word) => /iL|vuln|NaN|Infinity|object/.test(word)), argv.join(' '));
  }
});

test('S1: the arguments nmap really gets are ours, then "--", then canonical addresses', async () => {
  const tool = stub('records-argv');
  try {
    await lookWith(tool, { targets: ['10.77.0.2-10.77.0.9', '10.77.0.64/26'] });
    const words = (tool.wrote('argv') ?? '').trim().split('\n');
    const end = words.indexOf('--');
    assert.deepEqual(words.slice(end + 1), ['10.77.0.2/31', '10.77.0.4/30', '10.77.0.8/31', '10.77.0.64/26']);
    assert.deepEqual(words.slice(0, end).join(' '), '-n -oX - --stats-every 1s --noninteractive -e va --privileged -sn -T4');
  } finally {
    tool.remove();
  }
});

test('S1: the name of an interface is an argument of -e, never a target or an option of its own', async () => {
  const tool = stub('records-argv');
  try {
    for (const iface of ['-iL', '--script=x', '../../etc', 'va;id', 'va\n-A', '']) {
      const report = await lookWith(tool, { iface });
      assert.equal(report.cause?.code, 'interface-gone', iface);
      assert.equal(tool.wrote('argv'), undefined, 'nothing was started');
    }
  } finally {
    tool.remove();
  }
});

test('a target read twice is the same target', () => {
  for (const spec of accepted()) {
    if (spec.kind === 'ranges' && spec.ranges.length === 1) assert.deepEqual(orFault(parseTarget(spec.text)), spec);
  }
});
