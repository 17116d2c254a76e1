import fc from 'fast-check';
import type { ApprovalEntry } from '../../src/core/index.ts';

const line = (most: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ minLength: 1, maxLength: most, unit: 'grapheme' }),
      fc.constantFrom(
        'yes',
        'null',
        '~',
        '9.20',
        '1e3',
        '0x1F',
        '- a',
        'a: b',
        '# no',
        "it's",
        '"',
        '{}',
        '*a',
        '&a',
        '!!str x',
        '|',
        '>',
        '@',
        '2026-01-01',
        ' lead',
        'trail ',
        'é',
        '<<',
      ),
    )
    .filter((text) => text.length > 0 && text.length <= most && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text));

const byte = fc.integer({ min: 0, max: 255 }).map((n) => n.toString(16).padStart(2, '0'));
const mac = fc.tuple(byte, byte).map(([a, b]) => `02:00:5e:00:${a}:${b}`);
const address = fc.integer({ min: 1, max: 254 }).map((n) => `10.0.0.${n}`);
const port = fc
  .tuple(fc.integer({ min: 0, max: 65_535 }), fc.constantFrom('tcp', 'udp', 'sctp'))
  .map(([number, protocol]) => `${number}/${protocol}`);
const ports = fc.constantFrom('80,443', '23', '53/udp', '1-1024,500/udp', 'none');

const optional = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
const withoutGaps = (entry: object): ApprovalEntry => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));

const until = fc.integer({ min: Date.UTC(2027, 0), max: Date.UTC(2090, 0) }).map((at) => new Date(at).toISOString());
const word = { by: optional(line(100)), why: optional(line(300)), until: optional(until) };
const device = { device: fc.oneof(mac, address, fc.constant('nas.lan')), name: optional(line(60)) };
const serves = fc.oneof(
  fc.constant({}),
  line(80).map((text) => ({ serves: text })),
  line(40).map((product) => ({ product })),
  line(40).map((product) => ({ product, version: '>=9.2 <10' })),
);

const presence = fc.record({ ...device, ...word });
const service = fc
  .tuple(fc.record({ ...device, port, service: optional(line(20)), exempt: optional(fc.constant(true as const)), ...word }), serves)
  .map(([entry, what]) => ({ ...entry, ...what }));
const policy = fc
  .tuple(
    fc.oneof(
      line(30).map((group) => ({ group })),
      fc.constant({ everywhere: true }),
    ),
    fc.oneof(
      ports.map((only) => ({ only })),
      ports.map((nowhere) => ({ nowhere })),
      ports.map((allowed) => ({ allowed })),
    ),
    fc.record(word),
  )
  .map(([subject, rule, rest]) => ({ ...subject, ...rule, ...rest }));

/** Any approval that can be written, with whatever texts people and networks come up with. */
export const anyEntry: fc.Arbitrary<ApprovalEntry> = fc.oneof(presence, service, policy).map(withoutGaps);
