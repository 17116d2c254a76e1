import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elsewhereHref, notInBy } from './not-in.ts';

test('a reason in the address is shown when it is one of ours, and nothing else ever is', () => {
  assert.equal(notInBy('?not-in=no-role'), 'no-role');
  for (const search of ['', '?not-in=', '?not-in=constructor', '?not-in=__proto__', '?not-in=<b>x</b>', '?other=no-role'])
    assert.equal(notInBy(search), null, search);
});

test('who signs in elsewhere comes back to the page that was asked for', () => {
  assert.equal(elsewhereHref({ pathname: '/', search: '' }), '/sign-in/oidc');
  assert.equal(elsewhereHref({ pathname: '/', search: '?not-in=busy' }), '/sign-in/oidc');
  assert.equal(elsewhereHref({ pathname: '/devices', search: '?not-in=busy&sort=name' }), '/sign-in/oidc?to=%2Fdevices%3Fsort%3Dname');
});
