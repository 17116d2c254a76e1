import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { SAFE_HEADERS } from '../../src/http/headers.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { type OpenDoor, openDoor, TOKEN } from './open-door.ts';

const HOST = 'Host: 127.0.0.1';
const PROOF = `Authorization: Bearer ${TOKEN}`;
const TYPE = 'Content-Type: application/json';
const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n\r\n`;

/** What hides behind each attack: it would be answered 200, and the keeper asked, if anybody took it for a request. */
const HIDDEN = lines('POST /api/v1/scans/31/cancel HTTP/1.1', HOST, PROOF, 'Content-Length: 0');
const post = (...headers: string[]): string => lines('POST /api/v1/scans HTTP/1.1', HOST, PROOF, TYPE, ...headers);
/** How long a connection may be silent before we hang up, in ms. */
const PATIENCE = 3000;
const CHUNKED = 'Transfer-Encoding: chunked';

/** None of these may be taken for a request, nor what stands behind them. */
const REFUSED: Record<string, string> = {
  'a length and chunks': `${post('Content-Length: 4', CHUNKED)}0\r\n\r\n`,
  'chunks and a length': `${post(CHUNKED, 'Content-Length: 4')}0\r\n\r\n`,
  'two lengths': `${post('Content-Length: 2', 'Content-Length: 4')}{}`,
  'one length twice': `${post('Content-Length: 2', 'Content-Length: 2')}{}`,
  'a list of lengths': `${post('Content-Length: 2, 2')}{}`,
  'a negative length': `${post('Content-Length: -2')}{}`,
  'a length in hexadecimal': `${post('Content-Length: 0x2')}{}`,
  'a length beyond all numbers': `${post('Content-Length: 99999999999999999999999999')}{}`,
  'an empty length': post('Content-Length:'),
  'chunks that are not the last coding': `${post('Transfer-Encoding: chunked, identity')}0\r\n\r\n`,
  'a coding nobody knows': `${post('Transfer-Encoding: xchunked')}0\r\n\r\n`,
  'chunks with a vertical tab': `${post('Transfer-Encoding: \vchunked')}0\r\n\r\n`,
  'chunks, said twice': `${post(CHUNKED, 'Transfer-Encoding: identity')}0\r\n\r\n`,
  'a blank before the colon of its coding': `${post('Transfer-Encoding : chunked')}0\r\n\r\n`,
  'a folded coding': `${post('Transfer-Encoding:', ' chunked')}0\r\n\r\n`,
  'a folded header': post('X-A: 1', ' Content-Length: 5'),
  'a header that begins with a blank': lines('POST /api/v1/scans HTTP/1.1', ' X-A: 1', HOST, PROOF),
  'lines that end in LF': `POST /api/v1/scans HTTP/1.1\n${HOST}\n${PROOF}\n\n`,
  'one line that ends in LF': lines('POST /api/v1/scans HTTP/1.1', `${HOST}\nX-A: 1`, PROOF),
  'one line that ends in CR': lines('POST /api/v1/scans HTTP/1.1', `${HOST}\rX-A: 1`, PROOF),
  'a chunk whose size ends in LF': `${post(CHUNKED)}2\n{}\r\n0\r\n\r\n`,
  'a chunk longer than its size': `${post(CHUNKED)}2\r\n{}{}\r\n0\r\n\r\n`,
  'a chunk of a giant size': `${post(CHUNKED)}fffffffffffffffff\r\n{}\r\n0\r\n\r\n`,
  'a chunk of a negative size': `${post(CHUNKED)}-2\r\n{}\r\n0\r\n\r\n`,
  'a chunk of a size with 0x': `${post(CHUNKED)}0x2\r\n{}\r\n0\r\n\r\n`,
  'a chunk with an extension that holds LF': `${post(CHUNKED)}2;a=b\n{}\r\n0\r\n\r\n`,
  'endless extensions of a chunk': `${post(CHUNKED)}2;${'a'.repeat(40_000)}\r\n{}\r\n0\r\n\r\n`,
  'NUL in a value': post('X-A: a\0b', 'Content-Length: 0'),
  'NUL in a name': post('X-\0A: b', 'Content-Length: 0'),
  'a control character in a value': post('X-A: a\x01b', 'Content-Length: 0'),
  'NUL in its target': lines('GET /api/v1/status\0 HTTP/1.1', HOST, PROOF),
  'a blank in its target': lines('GET /api/v1/status x HTTP/1.1', HOST, PROOF),
  'a version nobody knows': lines('GET /api/v1/status HTTP/9.9', HOST, PROOF),
  'no version': 'GET /api/v1/status\r\n',
  'a method nobody knows': lines('GETT /api/v1/status HTTP/1.1', HOST, PROOF),
  'a tunnel as its wish': lines('CONNECT 127.0.0.1:22 HTTP/1.1', HOST, PROOF),
  'a tunnel to elsewhere as its wish': lines('CONNECT evil.example:443 HTTP/1.1', 'Host: evil.example:443', PROOF),
  'an authority without a scheme': lines('GET evil.example:80 HTTP/1.1', HOST, PROOF),
  'a preface of HTTP/2': lines('PRI * HTTP/2.0', '', 'SM'),
  'a hundred and more headers, our proof behind them': lines(
    'GET /api/v1/status HTTP/1.1',
    HOST,
    ...Array.from({ length: 300 }, (_, i) => `X-${i}: 1`),
    PROOF,
  ),
};

/** Requests for somebody else: they have an end that nobody doubts, and are turned away with all that comes on their connection. */
const MISDIRECTED: Record<string, string> = {
  'two hosts': lines('GET /api/v1/status HTTP/1.1', HOST, 'Host: evil.example', PROOF),
  'a foreign host first': lines('GET /api/v1/status HTTP/1.1', 'Host: evil.example', HOST, PROOF),
  'no host': lines('GET /api/v1/status HTTP/1.1', PROOF),
  'an empty host': lines('GET /api/v1/status HTTP/1.1', 'Host:', PROOF),
  'the authority of another': lines('GET http://evil.example/api/v1/status HTTP/1.1', 'Host: evil.example', PROOF),
  'ours as authority and a foreign host': lines('GET http://127.0.0.1/api/v1/status HTTP/1.1', 'Host: evil.example', PROOF),
  'a foreign authority and our host': lines('GET http://evil.example/api/v1/status HTTP/1.1', HOST, PROOF),
  'an asterisk as its target': lines('OPTIONS * HTTP/1.1', HOST, PROOF),
};

suite('S26: smuggling', () => {
  let open: OpenDoor;
  let taken = 0;
  const take = async (): Promise<undefined> => void taken++;
  before(async () => {
    open = await openDoor({ keeper: fakeKeeper({ cancelScan: take, scan: take as never, startScan: take as never }) });
  });
  after(() => open[Symbol.asyncDispose]());

  /** Everything that comes back until the other side closes, or nothing more comes. */
  async function said(bytes: string): Promise<string> {
    const socket = connect(open.port, '127.0.0.1').setTimeout(PATIENCE, () => socket.destroy());
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk))).on('error', () => undefined);
    socket.write(Buffer.from(bytes, 'latin1'));
    await once(socket, 'close');
    return text;
  }

  const statuses = (text: string): number[] =>
    [...text.matchAll(/HTTP\/1\.1 (?<status>\d{3}) /g)].map(({ groups }) => Number(groups?.status));

  test('what is hidden would be taken if it stood alone: the attacks below would show', async () => {
    taken = 0;
    await said(HIDDEN);
    assert.ok(taken > 0);
  });

  for (const [situation, bytes] of Object.entries(REFUSED))
    test(`a request with ${situation} is refused, and nothing behind it is taken`, async () => {
      taken = 0;
      const text = await said(bytes + HIDDEN);
      const [first, ...others] = statuses(text);
      assert.ok(first === undefined || (first >= 400 && first < 500), text.slice(0, 300));
      assert.deepEqual([others.filter((status) => status < 400), taken], [[], 0], text);
      if (first === undefined) return;
      const [head = ''] = text.split('\r\n\r\n', 1);
      for (const [name, value] of Object.entries(SAFE_HEADERS))
        assert.ok(head.toLowerCase().includes(`${name}: ${value}`.toLowerCase()), name);
    });

  for (const [situation, bytes] of Object.entries(MISDIRECTED))
    test(`a request with ${situation} is refused, and nobody hears an answer on that connection any more`, async () => {
      const began = performance.now();
      const text = await said(bytes + HIDDEN);
      assert.deepEqual(statuses(text).length, 1, text);
      assert.match(text, /^HTTP\/1\.1 (?:400|421) /);
      assert.match(text, /connection: close/i);
      assert.ok(performance.now() - began < PATIENCE, 'it is closed');
      for (const [name, value] of Object.entries(SAFE_HEADERS))
        assert.ok(text.toLowerCase().includes(`${name}: ${value}`.toLowerCase()), name);
    });

  test('what a body says is no request, however it is cut', async () => {
    taken = 0;
    const body = JSON.stringify({ targets: [HIDDEN] });
    const text = await said(`${post(`Content-Length: ${body.length}`, 'Connection: close')}${body}${HIDDEN}`);
    assert.equal(statuses(text).length, 1);
    const short = await said(`${post('Content-Length: 2', 'Connection: close')}{}${HIDDEN}`);
    assert.deepEqual([statuses(short).length, taken <= 2], [1, true]);
  });

  test('requests in a row are each judged by their own proof, also behind one that was refused', async () => {
    taken = 0;
    const stranger = lines('POST /api/v1/scans/31/cancel HTTP/1.1', HOST, 'Content-Length: 0');
    const text = await said(lines('GET /api/v1/status HTTP/1.1', HOST, PROOF) + stranger + stranger);
    assert.deepEqual([statuses(text), taken], [[200, 401, 401], 0]);
  });

  test('a refused request whose body was not read takes the connection with it, or its body is skipped', async () => {
    taken = 0;
    const hostile = lines('POST /api/v1/scans HTTP/1.1', HOST, TYPE, `Content-Length: ${HIDDEN.length}`);
    const text = await said(hostile + HIDDEN);
    assert.deepEqual([statuses(text), taken], [[401], 0]);
  });
});
