import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANGE_KINDS, orFault } from '../core/index.ts';
import { parseFilter } from '../inventory/index.ts';
import { USUAL_RULES } from './usual-rules.ts';

const ruleFor = (kind: string) => USUAL_RULES.filter(({ on }) => on.some((one) => one === kind));

test('out of the box everybody hears of what matters', () => {
  for (const kind of ['device.appeared', 'port.opened', 'device.left', 'vantage.blind', 'certificate.expiring', 'gateway.changed'])
    assert.equal(ruleFor(kind).length, 1, kind);
  for (const kind of ['service.key-changed', 'segment.lost', 'storm.began', 'device.harmed', 'approval.expired', 'address.conflict'])
    assert.equal(ruleFor(kind).length, 1, kind);
});

test('usual rules are on, well-formed, told to the usual channels, and named once', () => {
  assert.equal(new Set(USUAL_RULES.map(({ name }) => name)).size, USUAL_RULES.length);
  for (const { name, on, to, source, enabled, where } of USUAL_RULES) {
    assert.match(name, /^[a-z0-9-]{1,60}$/);
    assert.ok(on.length > 0 && on.every((kind) => CHANGE_KINDS.includes(kind)));
    assert.deepEqual([to, source, enabled], [['*'], 'usual', true]);
    if (where !== null) assert.ok(orFault(parseFilter(where)));
  }
});

test('coming and going of everyday devices, ports as approved, and words of people wake nobody', () => {
  for (const kind of ['device.returned', 'device.edited', 'device.described', 'person.left', 'history.imported', 'merge.proposed'])
    assert.deepEqual(ruleFor(kind), []);
  assert.ok(ruleFor('port.opened').every(({ drift }) => drift));
  assert.ok(ruleFor('device.left').every(({ where }) => where === 'importance:high'));
});
