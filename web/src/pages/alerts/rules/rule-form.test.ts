import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RuleJson } from '../../../../../src/contract/index.ts';
import { faultsOfForm, formOfRule, NEW_RULE, type RuleForm, wordsOfForm } from './rule-form.ts';

const RULE: RuleJson = {
  name: 'night-arrivals',
  on: ['device.appeared'],
  where: '-tag:ok',
  who: ['anna'],
  home: [],
  away: ['group:family'],
  during: ['22:00-06:00'],
  drift: false,
  to: ['phone'],
  urgency: 'high',
  group: 'cause',
  cooldown: '5m',
  remind: '30m',
  escalate: { after: '1h', to: ['boss'] },
  through: false,
  resolved: true,
  enabled: true,
  source: 'user',
};

const sound: RuleForm = { ...NEW_RULE, name: 'new-ports', on: ['port.*'] };

describe('the editor of rules', () => {
  test('gives back the rule it was given', () => {
    const { enabled, source, ...words } = RULE;
    assert.deepEqual(wordsOfForm(formOfRule(RULE)), words);
    assert.deepEqual([enabled, source], [true, 'user']);
  });

  test('says none where nothing is written', () => {
    const { where, remind, escalate, cooldown } = wordsOfForm({ ...sound, where: '  ', remind: '', cooldown: ' ' });
    assert.deepEqual([where, remind, escalate, cooldown], [null, null, null, '0s']);
  });

  test('finds what can never be right, and nothing else', () => {
    assert.deepEqual([...faultsOfForm(sound)], []);
    assert.deepEqual([...faultsOfForm(NEW_RULE)], ['name', 'on']);
    for (const name of ['', 'Night', '-x', 'x-', 'a b', 'ä', 'x'.repeat(61), '<b>'])
      assert.ok(faultsOfForm({ ...sound, name }).has('name'), name);
    assert.deepEqual([...faultsOfForm({ ...sound, to: [] })], ['to']);
    assert.deepEqual(
      [...faultsOfForm({ ...sound, cooldown: 'soon', remind: '5', escalateAfter: '1h' })],
      ['cooldown', 'remind', 'escalateTo'],
    );
    assert.deepEqual([...faultsOfForm({ ...sound, cooldown: '1h30m', remind: '2d', escalateAfter: '90s', escalateTo: ['boss'] })], []);
  });
});
