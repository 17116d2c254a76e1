import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice, anyScan } from '../../test/make/arbitraries.ts';
import { belief, compared, look, script } from '../../test/make/view.ts';
import { DIFFERENCE_KINDS, type Difference, type DifferenceKind, parseAddress, rangesHold, type UnknownPart } from '../core/index.ts';

const scriptChoice = fc.constantFrom(null, 'default', 'vuln');
const scripts = fc.array(
  fc
    .tuple(fc.constantFrom('http-title', 'clock-skew'), fc.constantFrom('1', '2'), fc.constantFrom('tcp/80', 'tcp/22', null))
    .map(([id, text, about]) => script(id, text, about)),
  { maxLength: 3 },
);

const anyLook = fc.tuple(anyScan, scripts, scriptChoice).map(([{ observations, coverage }, printed, choice]) =>
  look(
    observations.map((observation) => [observation, ...printed] as const),
    { coverage, scriptChoice: choice },
  ),
);
const anyBelief = fc
  .tuple(fc.uniqueArray(anyDevice, { maxLength: 4, selector: ({ id }) => id }), anyScan)
  .map(([devices, { coverage }]) => belief(devices, { coverage }));
const anyView = fc.oneof({ weight: 3, arbitrary: anyLook }, { weight: 1, arbitrary: anyBelief });

test('a view differs from itself in nothing, and leaves nothing of its ports unknown', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const { devices } = compared(view, view);
      assert.deepEqual(
        devices.flatMap(({ differences }) => differences),
        [],
      );
      assert.deepEqual(
        devices.flatMap(({ unknown }) => unknown.filter(({ what }) => what !== 'device')),
        [],
      );
    }),
    { numRuns: 300 },
  );
});

/** What each kind says, and what it says seen from the other side. */
const MIRRORED: Partial<Record<DifferenceKind, readonly [said: string, fromThere: string]>> = {
  'device.appeared': ['comes', 'goes'],
  'device.left': ['goes', 'comes'],
  'device.returned': ['comes', 'goes'],
  'port.opened': ['opens', 'shuts'],
  'port.closed': ['shuts', 'opens'],
  'port.filtered': ['shuts', 'opens'],
};

test('seen from the other side, what appeared has left, what opened has shut, and the unknown is as unknown', () => {
  fc.assert(
    fc.property(anyView, anyView, (a, b) => {
      assert.deepEqual(mirror(compared(a, b), false), mirror(compared(b, a), true));
    }),
    { numRuns: 500 },
  );
});

/** All that a comparison and its mirror image must agree in. */
function mirror({ devices, sum }: ReturnType<typeof compared>, swapped: boolean): object {
  const said = ({ kind, before, after }: Difference): string => {
    const sides = swapped ? [after, before] : [before, after];
    return JSON.stringify([MIRRORED[kind]?.[swapped ? 1 : 0] ?? kind, sides.map((side) => side?.['port'] ?? null)]);
  };
  const missed = ({ what, side, text }: UnknownPart): string => `${what} ${swapped === (side === 'a') ? 'right' : 'left'} ${text}`;
  return {
    differences: devices.flatMap(({ differences }) => differences.map(said)).sort(),
    unknown: devices.flatMap(({ unknown }) => unknown.map(missed)).sort(),
    counts: [sum.same, sum.different, sum.unknown],
  };
}

test('law 2: nobody leaves, and nobody appears, where the other side did not ask', () => {
  fc.assert(
    fc.property(anyView, anyView, (a, b) => {
      for (const { device, differences, pairedBy } of compared(a, b).devices) {
        for (const { kind } of differences) {
          if (pairedBy !== null || !['device.left', 'device.appeared'].includes(kind)) continue;
          const { coverage } = kind === 'device.left' ? b : a;
          assert.ok(
            device.addresses.some((address) => rangesHold(coverage.addresses, parseAddress(address) ?? { family: 4, value: -1n })),
            device.addresses.join(),
          );
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('every comparison is plain JSON, its differences have two sides that differ, and its sum adds up', () => {
  fc.assert(
    fc.property(anyView, anyView, (a, b) => {
      const { sides, devices, sum } = compared(a, b);
      assert.deepEqual(JSON.parse(JSON.stringify([sides, devices, sum])), [sides, devices, sum]);
      const differences = devices.flatMap((one) => one.differences);
      for (const { kind, before, after } of differences) {
        assert.ok(DIFFERENCE_KINDS.includes(kind));
        assert.notDeepEqual(before, after);
      }
      assert.equal(
        differences.length,
        Object.values(sum.kinds).reduce((total, count) => total + count, 0),
      );
      assert.equal(devices.length, sum.different + sum.unknown);
      assert.ok(devices.every((one) => one.differences.length + one.unknown.length > 0));
    }),
    { numRuns: 300 },
  );
});
