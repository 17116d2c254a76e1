import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judgePassword } from './password-rules.ts';

const whyNot = (password: string, name = 'anna'): string => {
  const judged = judgePassword(password, name);
  return judged.ok ? '' : judged.reason;
};

test('eight characters that nobody guesses are a password, of whatever kind', () => {
  const fine = [
    'hedgehog under ladder',
    'kx7!mQ2p',
    'tRombone',
    'ölfarbenkasten',
    'пароль-ёжик',
    '密码是我的小刺猬吗',
    '🦔🌙🎺🪜🧊🥁🧭🪁',
    'a\0b\u0001c and more',
    'correct horse battery staple',
    '   seven   moons   ',
    'x'.repeat(3) + 'hedgehog',
    'sunrise at 1234',
    'the password of hedgehogs',
    'ein Passwort für alle Igel',
    'channel tunnel sunrise',
    '31415926535897932',
  ];
  for (const password of fine) assert.equal(whyNot(password), '', password);
  assert.equal(whyNot('tunnel by anna and bert'), '', 'the name may be within');
});

test('what is too short, too long or broken is none', () => {
  for (const short of ['', 'a', '1234567', '🦔🌙🎺', '       ']) assert.match(whyNot(short), /it has \d characters/);
  for (const long of [`${'ab12cd'.repeat(42)}abcde`, 'x'.repeat(1_000_000), '🦔'.repeat(129)])
    assert.match(whyNot(long), /it has \d+ characters/);
  assert.match(whyNot('hedgehog \ud800'), /half a character/);
});

test('what others guess first is none', () => {
  for (const [why, ...passwords] of [
    ['few characters', 'aaaaaaaa', 'abababab', 'abcabcabc', '        ', 'passpass', '12121212', 'x1x1x1x1x', '01012000', '2000-01-01'],
    ['short, repeated', 'ladderladder', 'xyzab.xyzab.', 'k7!mQk7!mQk7!mQ', 'ladderladderla'],
    ['number', '31.12.1999', '0171 5550123', '83920174', '1234567890'],
    ['a row', 'abcdefgh', 'hgfedcba', 'qwertyuiop', 'qwertz1234', 'asdfghjkl', '1q2w3e4r', '1qaz2wsx', 'abcd1234', 'aaaabbbbcccc1234dddd'],
    ['many others', 'password', 'Password1', 'P4ssw0rd!', 'passw0rd', 'p@$$w0rd', 'letmein!', 'welcome2024', '!!sunshine!!', 'iloveyou'],
    ['many others', 'Administrator', 'changeme123', 'Passwort123', 'willkommen1', 'trustno1', 'hunter2!!', 'rollcall', 'Rollcall2026'],
    ['"rollcall" is most', 'my-rollcall', 'rollcall-x-rollcall'],
  ] as [string, ...string[]][])
    for (const password of passwords) assert.ok(whyNot(password).includes(why), `${password}: ${whyNot(password) || 'taken'}`);
});

test('the name of the user is none, forwards or backwards, with digits around it', () => {
  for (const password of ['charlotte', 'Charlotte1', '1Charlotte!', 'charlottecharlotte', 'ettolrahc99', 'my charlotte'])
    assert.match(whyNot(password, 'charlotte'), /name of the user|repeated/, password);
  assert.equal(whyNot('xylophone in rain', 'xy'), '', 'two letters are within many words');
  assert.match(whyNot('b.c-d@example.org', 'b.c-d@example.org'), /name of the user/);
});

test('law: no reason repeats the password, and every judgement is quick, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 64 }), (password, name) => {
      const began = performance.now();
      const judged = judgePassword(password, name);
      assert.ok(performance.now() - began < 100);
      if (judged.ok || password.length < 9) return;
      assert.ok(!judged.reason.includes(password) && !judged.remedy.includes(password));
    }),
    { numRuns: 500 },
  );
  for (const slow of ['a1'.repeat(128), `${'abc'.repeat(85)}!`, 'q'.repeat(255), '1q2w3e4r'.repeat(32), ' -'.repeat(128)]) {
    const began = performance.now();
    judgePassword(slow, slow);
    assert.ok(performance.now() - began < 200, slow.slice(0, 9));
  }
});
