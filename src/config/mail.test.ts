import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './read-config.ts';

const read = (lines: string) => readConfig(`[mail]\n${lines}\n`, 'rollcall.toml');

test('mail goes by a server, or by a sendmail', () => {
  const reading = read(
    'url = "smtps://me:p%40ss@mail.example.org"\nurl_file = "/etc/mail-url"\nfrom = "a@b.org"\nca = "/etc/ca.pem"\nsendmail = "/usr/sbin/sendmail"',
  );
  assert.ok(reading.ok);
  assert.deepEqual(reading.config.mail, {
    url: 'smtps://me:p%40ss@mail.example.org',
    urlFile: '/etc/mail-url',
    from: 'a@b.org',
    ca: '/etc/ca.pem',
    sendmail: '/usr/sbin/sendmail',
  });
});

test('S24: a URL that is none is refused without being shown; what could be an option or a header is no address', () => {
  const cases = [
    'url = "http://u:canary@h"',
    'url = "smtp://u:canary@h?tls=no"',
    'url = "smtp://u:canary@h/x"',
    'url = "smtp://u:can@ry@h"',
    'url = "smtp://u:canary@h:smtp"',
    'url = ["canary"]',
    'from = "-oQ@b.org"',
    'from = "a@b.org\\r\\nBcc: x@y.z"',
    'sendmail = "sendmail"',
    'ca = "ca.pem"',
    'url_file = "x"',
    'password = "canary"',
  ];
  for (const lines of cases) {
    const reading = read(lines);
    assert.ok(!reading.ok, lines);
    const said = reading.faults.map(({ message, remedy }) => `${message} ${remedy}`).join();
    assert.doesNotMatch(said, /canary/);
    assert.match(said, /rollcall\.toml:2: reading mail\./);
  }
});
