/** Which XML declarations stand: ours and those of expat, which Ndiff reads with. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { Tokenizer } from '../../src/nmap-xml/tokenizer.ts';
import { needsReference } from './needs-reference.ts';

/** Says of each document on stdin whether expat takes it. */
const ASK = `
import json, sys
from xml.parsers import expat
def takes(document):
    parser = expat.ParserCreate()
    try:
        parser.Parse(document.encode('utf-8'), True)
        return True
    except expat.ExpatError:
        return False
print(json.dumps([takes(document) for document in json.load(sys.stdin)]))
`;

const CHARACTERS = [...Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)), '\t', '\n', 'é', '\u2028'];
const VERSIONS = ['', '1', '1.', '1.0', '1.1', '1.0-8', '2.0', 'abc', '.', '-', '_', '1.0 ', ' 1.0', '1.0.0'];
const ENCODINGS = [
  '',
  ' encoding="UTF-8"',
  ' encoding=""',
  ' encoding="utf-8"',
  ' encoding="-utf-8"',
  ' encoding="8"',
  ' encoding="utf_8"',
];
const STANDALONE = ['', ' standalone="yes"', ' standalone="no"', ' standalone="Yes"', ' standalone=""'];
const BROKEN = [
  ' standalone="yes" encoding="UTF-8"',
  ' encoding="UTF-8"standalone="no"',
  ' version="1.0"',
  ' other="1"',
  ' "1"',
  '=',
  ' encoding',
];
const ENDS = [...ENCODINGS.flatMap((encoding) => STANDALONE.map((standalone) => encoding + standalone)), ...BROKEN];

const declared = (inside: string): string => `<?xml${inside}?><a/>`;

const DOCUMENTS = [
  ...CHARACTERS.map((character) => declared(` version="1.0${character}"`)),
  ...CHARACTERS.map((character) => declared(` version="${character}"`)),
  ...CHARACTERS.map((character) => declared(` version='1.0'${character}`)),
  ...VERSIONS.flatMap((version) => ENDS.map((end) => declared(` version="${version}"${end}`))),
  ...ENDS.map((end) => declared(end)),
];

function weTake(document: string): boolean {
  const tokenizer = new Tokenizer({});
  tokenizer.write(new TextEncoder().encode(document));
  return tokenizer.end() === null;
}

describe('an XML declaration', needsReference(), () => {
  test('stands where it stands for expat, whatever version it names', () => {
    const answer = JSON.parse(execFileSync('python3', ['-c', ASK], { encoding: 'utf8', input: JSON.stringify(DOCUMENTS) })) as boolean[];
    assert.ok(answer.includes(true) && answer.includes(false));
    const apart = DOCUMENTS.filter((document, i) => weTake(document) !== answer[i]);
    assert.deepEqual(apart, []);
  });
});
