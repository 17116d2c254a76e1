import type { ComparedDevice, ComparedSide, ComparisonItem, DeviceDifferences, Difference } from '../../src/core/index.ts';

/** Comparisons for the tests of whatever prints them; every field can be set. */

export const side = (over: Partial<ComparedSide> = {}): ComparedSide => ({
  source: 'file',
  title: 'monday.xml',
  at: '2026-11-16T03:00:05.000Z',
  partial: null,
  warnings: [],
  devices: 60,
  ...over,
});

export const sides = (a: Partial<ComparedSide> = {}, b: Partial<ComparedSide> = {}): ComparisonItem => ({
  kind: 'sides',
  a: side(a),
  b: side({ title: 'tuesday.xml', at: '2026-11-17T03:00:05.000Z', devices: 61, ...b }),
});

export const who = (over: Partial<ComparedDevice> = {}): ComparedDevice => ({
  id: null,
  name: 'printer',
  addresses: ['10.0.0.5'],
  macs: ['00:00:5e:00:53:01'],
  vendor: 'ACME',
  ...over,
});

export const differing = (differences: readonly Difference[], over: Partial<DeviceDifferences> = {}): ComparisonItem => ({
  kind: 'device',
  device: who(),
  pairedBy: 'mac',
  differences,
  unknown: [],
  ...over,
});

type Sum = Extract<ComparisonItem, { kind: 'sum' }>;

export const sum = (over: Partial<Sum> = {}): Sum => ({ kind: 'sum', same: 57, different: 0, unknown: 0, kinds: {}, ignored: 0, ...over });

export const port = (over: Readonly<Record<string, unknown>> = {}) => ({
  protocol: 'tcp',
  port: 22,
  state: 'open',
  service: { name: 'ssh', product: 'OpenSSH', version: '9.2', extra: '', tunnel: '' },
  ...over,
});

const closed = (number: number) => port({ port: number, state: 'closed', service: null });
const nginx = (version: string) => ({ name: 'http', product: 'nginx', version, extra: '', tunnel: 'ssl' });
const script = (output: string) => ({ port: { protocol: 'tcp', port: 443 }, id: 'ssl-cert', output });

/** One of each kind, as src/diff makes them. */
export const EVERY_KIND: readonly Difference[] = [
  {
    kind: 'device.appeared',
    before: null,
    after: {
      name: 'cam',
      macs: ['02:00:5e:00:53:09'],
      addresses: ['10.0.0.9'],
      vendor: null,
      randomizedMac: true,
      openPorts: 2,
      ports: [port(), port({ port: 80, service: null })],
    },
  },
  {
    kind: 'device.left',
    before: { presence: 'present', lastSeen: '2026-11-16T03:00:05.000Z' },
    after: { presence: 'away', addresses: ['10.0.0.5'] },
  },
  {
    kind: 'device.returned',
    before: { presence: 'away', lastSeen: '2026-11-16T03:00:05.000Z' },
    after: { presence: 'present', addresses: ['10.0.0.5'] },
  },
  { kind: 'device.readdressed', before: { addresses: ['10.0.0.5'] }, after: { addresses: ['10.0.0.6', '10.0.0.7'] } },
  { kind: 'identity.changed', before: { macs: ['00:00:5e:00:53:01'], names: [] }, after: { macs: ['00:00:5e:00:53:02'], names: ['nas'] } },
  { kind: 'os.changed', before: { os: 'Linux 4' }, after: { os: 'Linux 5' } },
  { kind: 'port.opened', before: closed(22), after: port() },
  { kind: 'port.closed', before: port({ port: 23, service: { name: 'telnet' } }), after: closed(23) },
  { kind: 'port.filtered', before: port({ port: 25, service: null }), after: port({ port: 25, state: 'filtered', service: null }) },
  { kind: 'service.changed', before: port({ port: 443, service: nginx('1.22') }), after: port({ port: 443, service: nginx('1.24') }) },
  {
    kind: 'service.key-changed',
    before: { protocol: 'tcp', port: 22, state: 'open', sshKeys: [{ type: 'ed25519', hash: 'SHA256:old' }] },
    after: {
      protocol: 'tcp',
      port: 22,
      state: 'open',
      sshKeys: [{ type: 'ed25519', hash: 'SHA256:new' }],
      severity: 'high',
      text: 'shows another SSH host key: ed25519 SHA256:new, was ed25519 SHA256:old',
    },
  },
  {
    kind: 'certificate.renewed',
    before: { protocol: 'tcp', port: 443, state: 'open', certificate: { subject: 'CN=a', sha256: '00' } },
    after: {
      protocol: 'tcp',
      port: 443,
      state: 'open',
      certificate: { subject: 'CN=a', sha256: '11' },
      text: 'renewed its certificate: CN=a',
    },
  },
  {
    kind: 'script.changed',
    before: script('Subject: CN=a\nNot valid after: 2026-12-01\nSerial: 1'),
    after: script('Subject: CN=a\nNot valid after: 2027-12-01\nSerial: 1'),
  },
];

export const kindOf = (kind: Difference['kind']): Difference => EVERY_KIND.find((difference) => difference.kind === kind) as Difference;

export async function* stream(...items: readonly ComparisonItem[]): AsyncGenerator<ComparisonItem, void, void> {
  yield* items;
}

export async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** What a name or banner may try on a page, in a mail, in a comment or on a terminal. */
export const ATTACKS: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</td></tr></table></body></html>',
  '<!-- --!> <![CDATA[ ]]> <?xml ?> &lt;b&gt; &#60;b&#62; &amp;',
  'javascript:alert(1)',
  'http://192.0.2.1/x www.example.org mail@example.org',
  '[click](http://192.0.2.1) ![x](http://192.0.2.1/p.png) [a]: http://192.0.2.1',
  '@everyone @octocat #1 GH-1 octocat/hello#1 :tada:',
  'a | b |\\| c \\',
  '``` `x` ``',
  '`<b>x</b>`',
  '# heading',
  '- [ ] task\n\n> quote\n\n---\n# heading\n| a |\n|---|',
  '*x* _y_ ~~z~~ **w** $$m$$ \\(m\\)',
  '\u001b[2J\u001b]0;title\u0007\u009b31m',
  'a\rb\u0085c\u2028d',
  '\u202egnp.exe\u2066x\u200b\u00ad',
  '\ud800 \u{e0041}',
  '=cmd|calc',
  '{{7*7}} ${7*7} <%= 7 %>',
];

/** The attack wherever an item of a comparison holds text. */
export function hostileItems(attack: string): ComparisonItem[] {
  const bad = (value: unknown): unknown => {
    // What a script prints must differ, or nothing of it is told.
    if (typeof value === 'string') return value.includes('\n') ? `${attack}\n${value}` : attack;
    if (Array.isArray(value)) return value.map(bad);
    return value !== null && typeof value === 'object'
      ? // When it was seen is our own word: a text that happens to be a date says something else than one that is none.
        Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'lastSeen' ? inner : bad(inner)]))
      : value;
  };
  const differences = EVERY_KIND.map(({ kind, before, after }) => ({ kind, before: bad(before), after: bad(after) }) as Difference);
  const device = { id: null, name: attack, addresses: [attack], macs: [attack], vendor: attack };
  const unknown = [{ what: 'ports' as const, side: 'a' as const, text: attack }];
  const badSide = { title: attack, partial: attack, warnings: [attack] };
  return [
    sides(badSide, badSide),
    ...differences.map((difference) => differing([difference], { device, unknown })),
    differing([], { device, unknown }),
    sum({ different: differences.length }),
  ];
}

/** As long as the attack and with as many lines, but harmless: what both are printed in must look the same. */
export const harmless = (attack: string): string => attack.replace(/[^\n]/gu, 'x');

/** Signs that mean something to a terminal, a page or Markdown, and a few that should not. */
export const SIGNS: readonly string[] = [
  ...Array.from('<>&"\'`|\\[]()!*_~#@:/.-+={}$%;^aZ0é漢😀'),
  '\u0000',
  '\u001b',
  '\u009b',
  '\u202e',
  '\u200b',
  '\ud800',
  '\u{e0041}',
];
