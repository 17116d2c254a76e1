import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { discordMarkup } from '../../../test/channels/sinks/discord.ts';
import { literal } from './markdown.ts';

const drawn = (text: string): string => text.replaceAll(/\\([^0-9A-Za-z\s])/g, '$1');

test('S22: nothing in a name is drawn otherwise than it stands, whatever it is made of', () => {
  const piece = fc.constantFrom(
    '*',
    '_',
    '~~',
    '||',
    '`',
    '[a](b)',
    '<@&1>',
    '@everyone',
    'https://e.example',
    '\\',
    '# ',
    '> ',
    '- ',
    '1. ',
    ':smile:',
    '52:54:00:ab:cd:ef',
    'fd00::bee:100:1234:c:7',
    'nas',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const name = pieces.join('');
      assert.deepEqual(discordMarkup(literal(name)), [], literal(name));
      assert.equal(drawn(literal(name)), name);
    }),
  );
});

test('what means nothing to Discord stays readable in a push, which shows backslashes', () => {
  assert.equal(
    literal('nas.lan (10.0.0.7, 52:54:00:12:34:56) left, last seen 00:58'),
    'nas.lan (10.0.0.7, 52:54:00:12:34:56) left, last seen 00:58',
  );
  assert.equal(literal('52:54:00:ab:34:cd'), '52:54:00\\:ab:34:cd');
});
