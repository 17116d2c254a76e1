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

test('S22: a name that is one of the internet is no link either: many apps make one of it without http://', () => {
  for (const name of ['bank-login.com', 'nas.lan.evil.example.org', 'FRITZ.BOX', 'банк.рф', 'a.xn--p1ai/login', 'boss@evil.com']) {
    const said = still(`${name} left`);
    assert.doesNotMatch(said, /[\p{L}\p{N}]\.(?!lan)\p{L}{2}/iu, said);
    assert.equal(said.replaceAll('\u2060', ''), `${name} left`);
  }
});

test('S22: a name calls nobody', () => {
  const name = '@boss @everyone @room x@y @@z';
  assert.doesNotMatch(still(name), MENTION);
  assert.equal(still(name).replaceAll('\u2060', ''), name);
});

test('what is neither stays as it is', () => {
  for (const text of [
    'nas.lan (52:54:00:12:34:56) 10.0.0.7:22 // @ home',
    'Printer.local, tv.home.arpa, x.localdomain: OpenSSH 9.2p1, nginx 1.24.0, e.g. that. And more',
    'left at 05:10. It was here for 3.5 h',
  ])
    assert.equal(still(text), text);
});
