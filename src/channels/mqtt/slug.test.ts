import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { slugOf, slugsOf } from './slug.ts';

test('a name becomes letters, digits and _, with accents left out', () => {
  assert.equal(slugOf('Anna'), 'anna');
  assert.equal(slugOf("Zoë's Büro-Geräte"), 'zoe_s_buro_gerate');
  assert.equal(slugOf('+/#$'), '');
  assert.equal(slugOf('王'), '');
});

test('names that would be one topic each get their own, by their own name alone', () => {
  const slugs = slugsOf(['ann a', 'ann-a', 'ann_a', 'Bob', '王', '李']);
  assert.equal(slugs.get('Bob'), 'bob');
  assert.equal(slugs.get('ann_a'), 'ann_a');
  assert.match(slugs.get('ann a') ?? '', /^ann_a_x[0-9a-f]{8}$/);
  assert.match(slugs.get('王') ?? '', /^x[0-9a-f]{8}$/);
  assert.equal(new Set(slugs.values()).size, 6);
  const later = slugsOf(['李', 'ann-a', 'ann a', 'Carl']);
  assert.equal(later.get('ann-a'), slugs.get('ann-a'));
  assert.equal(later.get('李'), slugs.get('李'));
});

test('S22: whatever people are called, no slug is a wildcard, a level or another one', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string(),
    fc.constantFrom('+', '#', 'a/b', '$SYS', '', ' ', '\0', 'a\nb', 'a_b', 'a b'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 30 }), (names) => {
      const slugs = slugsOf(names);
      assert.equal(slugs.size, names.length);
      assert.equal(new Set(slugs.values()).size, names.length);
      for (const slug of slugs.values()) assert.match(slug, /^[a-z0-9_]{1,80}$/);
    }),
  );
});
