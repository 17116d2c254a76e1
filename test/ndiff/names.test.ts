/** Which characters may stand in a name: ours and those of expat, which Ndiff reads with. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { NAME } from '../../src/nmap-xml/name-characters.ts';
import { Desk } from './desk.ts';
import { needsReference } from './needs-reference.ts';
import { MODES } from './pairs.ts';

/** Prints the characters that expat takes at the start of a name, and those it takes further on. */
const ASK = `
import json
from xml.parsers import expat
def takes(name):
    parser = expat.ParserCreate()
    try:
        parser.Parse(('<' + name + '/>').encode('utf-8'), True)
        return True
    except expat.ExpatError:
        return False
every = [c for c in range(0x80, 0x110000) if not 0xd800 <= c < 0xe000]
print(json.dumps([[c for c in every if takes(before + chr(c))] for before in ('', 'a')]))
`;

describe('a name', needsReference(), () => {
  test('holds exactly the characters expat lets it hold', { timeout: 120_000 }, () => {
    const answer = execFileSync('python3', ['-c', ASK], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    const [first, further] = (JSON.parse(answer) as number[][]).map((codes) => new Set(codes));
    assert.ok(first !== undefined && further !== undefined && first.size > 20_000 && further.size > first.size);
    for (let code = 0x80; code < 0x110000; code++) {
      const character = String.fromCodePoint(code);
      if (NAME.test(character) !== first.has(code) || NAME.test(`a${character}`) !== further.has(code))
        assert.fail(`U+${code.toString(16)}`);
    }
  });

  test('with a character of the fifth edition only is refused in the same words', async () => {
    const desk = new Desk();
    try {
      const a = Buffer.from('<nmaprun scanner="nmap" start="1">\n<scan\ufeffinfo type="syn"/></nmaprun>');
      assert.deepEqual(await desk.judge({ a, b: a }, MODES), []);
    } finally {
      await desk.close();
    }
  });
});
