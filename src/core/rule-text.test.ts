import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ruleOf } from './rule-of.ts';
import { RULE_KEYS, type RuleText, readRuleText } from './rule-text.ts';

const HOUR = 3_600_000;

const faultsOf = (fields: Record<string, unknown>): string[] => {
  const read = readRuleText({ name: 'new', on: ['device.appeared'], ...fields });
  return read.ok ? [] : read.faults.map(({ path, reason, remedy }) => `${path.join('.')}: ${reason} (${remedy})`);
};

describe('a rule as a person writes it', () => {
  test('needs a name and kinds of changes; the rest is as usual', () => {
    const read = readRuleText({ name: 'new-device', on: ['device.appeared'] });
    assert.deepEqual(read, { ok: true, draft: { name: 'new-device', on: ['device.appeared'] } });
    assert.deepEqual(faultsOf({ name: undefined, on: undefined }), [
      'name: it is missing (write up to 60 letters a-z, digits and dashes between them, like "new-device")',
      'on: it is missing (write on = ["device.appeared"], with kinds of changes in it)',
    ]);
  });

  test('can say everything a rule has', () => {
    const text: RuleText = {
      name: 'kids',
      on: ['person.*', 'device.left', 'person.left'],
      where: 'group:kids -tag:school',
      who: ['anna', 'group:family'],
      home: ['Öczge Nur'],
      away: ['group:parents'],
      during: ['Mon-Fri 08:00-13:00'],
      drift: true,
      to: ['phone', '*'],
      urgency: 'high',
      group: 'rule',
      cooldown: '1h',
      remind: '30m',
      escalate: { after: '2h', to: ['pager'] },
      through: true,
      resolved: false,
      enabled: false,
    };
    assert.deepEqual(new Set(Object.keys(text)), new Set(RULE_KEYS));
    const read = readRuleText(text);
    assert.ok(read.ok);
    const rule = ruleOf(read.draft, 'user');
    assert.deepEqual(rule, {
      ...text,
      on: ['device.left', 'person.arrived', 'person.left'],
      during: [{ text: 'Mon-Fri 08:00-13:00', days: [1, 2, 3, 4, 5], from: 480, to: 780 }],
      cooldown: HOUR,
      remind: HOUR / 2,
      escalate: { after: 2 * HOUR, to: ['pager'] },
      source: 'user',
    });
  });

  test('null takes away what there need not be', () => {
    const read = readRuleText({ name: 'a', on: ['*'], where: null, remind: null, escalate: null });
    assert.ok(read.ok);
    assert.deepEqual([read.draft.where, read.draft.remind, read.draft.escalate], [null, null, null]);
    assert.deepEqual(faultsOf({ cooldown: null }), ['cooldown: null is not a text (write a number and its unit, like "1h")']);
  });

  test('everything wrong with it is told at once, each with where it stands and a remedy', () => {
    const wrong = {
      name: 'New Device',
      on: ['device.appeared', 'device.lefft', 7],
      where: ' ',
      who: ['-anna', 'person:anna', 'group:'],
      home: ['anna'],
      away: ['anna'],
      during: ['Mon 25:00-26:00'],
      drift: 'yes',
      to: [],
      urgency: 'hihg',
      group: 'none',
      cooldown: '5',
      remind: '1s',
      escalate: { after: '5m' },
      through: 1,
    };
    assert.deepEqual(faultsOf(wrong), [
      'name: "New Device" is not a name for a rule (write up to 60 letters a-z, digits and dashes between them, like "new-device")',
      'on.1: "device.lefft" is no kind of change (did you mean "device.left"?)',
      'on.2: 7 is not a text (write kinds in quotes, like "device.appeared")',
      ...['"-anna"', '"person:anna"', '"group:"'].map(
        (who, i) => `who.${i}: ${who} is neither a person nor a group (write a person like "anna", or a group like "group:family")`,
      ),
      'away: "anna" cannot be home and away (name it under one of the two)',
      'where: it is empty (leave it out, for any device)',
      'during.0: "Mon 25:00-26:00" names a time no clock shows (write days and times like "Mon-Fri 08:00-18:00", or times alone like "22:00-06:00")',
      'drift: "yes" is neither true nor false (write true or false, without quotes)',
      'to: it is an empty list (write to = ["phone"], with names of channels, or ["*"] for all of them)',
      'urgency: "hihg" is not an urgency (did you mean "high"?)',
      'group: "none" is not a way to group (write one of cause, subject, rule)',
      'cooldown: "5" is not a length of time (write a number and its unit, like "1h")',
      'remind: "1s" is shorter than 60 s (write a longer time, like "30m")',
      'escalate.to: it is missing (write to = ["phone"], with names of channels, or ["*"] for all of them)',
      'through: 1 is neither true nor false (write true or false, without quotes)',
    ]);
  });

  test('an escalation says after what and to whom, and nothing else', () => {
    assert.deepEqual(faultsOf({ escalate: { after: '30s', to: ['a'] } }), [
      'escalate.after: "30s" is shorter than 60 s (write a longer time, like "15m")',
    ]);
    const example = 'escalate = {after = "15m", to = ["phone"]}';
    assert.deepEqual(faultsOf({ escalate: '15m' }), [`escalate: "15m" is not a table (write ${example})`]);
    assert.deepEqual(faultsOf({ escalate: { aftr: '15m', to: ['a'] } }), ['escalate.aftr: there is no such key (did you mean "after"?)']);
    assert.deepEqual(faultsOf({ escalate: { after: '15m', to: ['a'], loudness: 1 } }), [
      `escalate.loudness: there is no such key (write ${example})`,
    ]);
  });

  test('lists end somewhere', () => {
    const many = Array.from({ length: 65 }, (_, n) => `c${n}`);
    assert.deepEqual(faultsOf({ to: many }), ['to: it has more than 64 entries (keep 64 at most)']);
    assert.deepEqual(faultsOf({ to: many.slice(1) }), []);
  });

  test('whatever is written, it is read or blamed on its key, and never throws', () => {
    const value = fc.oneof(fc.anything(), fc.jsonValue(), fc.array(fc.string({ unit: 'binary' })));
    const fields = fc.dictionary(fc.constantFrom<string>(...RULE_KEYS), value);
    fc.assert(
      fc.property(fields, (written) => {
        const read = readRuleText(written);
        if (read.ok) assert.ok(read.draft.on.length > 0 && /^[a-z0-9-]{1,60}$/.test(read.draft.name));
        else
          for (const { key, path, reason, remedy } of read.faults)
            assert.ok(RULE_KEYS.includes(key as (typeof RULE_KEYS)[number]) && path[0] === key && reason !== '' && remedy !== '');
      }),
    );
  });
});
