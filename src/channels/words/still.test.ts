import assert from 'node:assert/strict';
import { test } from 'node:test';
import { still, stillLinks } from './still.ts';

const LINK = /https?:\/\/|\bwww\.\w/i;
const MENTION = /@\w/;

test('S22: a URL in a name looks as before, but is no link', () => {
  const name = 'see HTTPS://evil.example or www.evil.example';
  assert.doesNotMatch(stillLinks(name), LINK);
  assert.equal(stillLinks(name).replaceAll('\u2060', ''), name);
});

test('S22: a name calls nobody', () => {
  const name = '@boss @everyone @room x@y @@z';
  assert.doesNotMatch(still(name), MENTION);
  assert.equal(still(name).replaceAll('\u2060', ''), name);
});

test('what is neither stays as it is', () => {
  assert.equal(still('nas.lan (52:54:00:12:34:56) 10.0.0.7:22 // @ home'), 'nas.lan (52:54:00:12:34:56) 10.0.0.7:22 // @ home');
});
