import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mute, rule, windows } from '../../test/make/alerts.ts';
import { channel, incident, notification } from '../../test/make/stored-alerts.ts';
import { isChannel, isIncident, isMute, isNotification, isRule } from './alert-shapes.ts';

test('what alerting writes is what it reads', () => {
  assert.ok(isRule(rule({ during: windows('08:00-12:00'), remind: 60_000, escalate: { after: 60_000, to: ['*'] } })));
  assert.ok(isChannel({ ...channel(), quiet: windows('22:00-06:00'), ceiling: 0 }));
  assert.ok(isMute(mute({ kinds: ['device.left'], until: 5 })));
  assert.ok(
    isIncident(
      incident({
        subjects: [
          { key: 'device:7', over: false, kind: 'device.left', at: 5 },
          { key: 'device:8', over: true },
        ],
      }),
    ),
  );
  assert.ok(isNotification(notification({})));
});

test('R24: a row that would break whoever goes by it is left out: a kind that nobody knows, a window without days, half a message', () => {
  const [window] = windows('22:00-06:00');
  for (const quiet of [[{ text: '22:00-06:00' }], [{ ...window, days: 5 }], [{ ...window, days: [null] }], [{ ...window, from: 'x' }]])
    assert.ok(!isChannel({ ...channel(), quiet }), JSON.stringify(quiet));
  for (const ceiling of [-1, 1.5, null]) assert.ok(!isChannel({ ...channel(), ceiling }), `ceiling ${ceiling}`);
  for (const fields of [
    { during: [{ text: 'x' }] },
    { remind: -1 },
    { remind: 0 },
    { escalate: { after: 0, to: [] } },
    { on: ['no.kind'] },
  ])
    assert.ok(!isRule({ ...rule(), ...fields }), JSON.stringify(fields));
  assert.ok(!isMute({ ...mute(), kinds: ['no.kind'] }));
  for (const kind of ['no.kind', 5, null]) {
    assert.ok(!isIncident({ ...incident({}), subjects: [{ key: 'device:7', over: false, kind, at: 5 }] }), `subject of kind ${kind}`);
    const sound = notification({});
    assert.ok(!isNotification({ ...sound, lines: sound.lines.map((line) => ({ ...line, kind })) }), `line of kind ${kind}`);
  }
});
