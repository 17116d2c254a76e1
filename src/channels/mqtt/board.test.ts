import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Board } from './board.ts';
import type { PageChange } from './pages.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** What one board has a broker keep. */
function bringOut(board: Board, broker: Map<string, string>, most = Number.POSITIVE_INFINITY): number {
  let sent = 0;
  for (let taken = board.take(3); taken.length > 0 && sent < most; taken = board.take(3))
    for (const page of taken) {
      if (page.payload === null) broker.delete(page.topic);
      else broker.set(page.topic, page.payload);
      board.settle(page);
      sent++;
    }
  return sent;
}

function reconnect(board: Board, broker: ReadonlyMap<string, string>): void {
  board.forget();
  for (const [topic, text] of broker) board.found(topic, bytes(text));
  board.compare();
}

test('what stands there already is not sent, what nobody wants is taken away, what is suspected is taken away once', () => {
  const board = new Board();
  board.want([
    { topic: 'a', payload: '1' },
    { topic: 'b', payload: '2' },
  ]);
  board.forget();
  board.found('a', bytes('1'));
  board.found('b', bytes('old'));
  board.found('ghost', bytes('x'));
  board.suspect('companion');
  board.suspect('a');
  board.compare();
  assert.deepEqual(board.take(10), [
    { topic: 'b', payload: '2' },
    { topic: 'ghost', payload: null },
    { topic: 'companion', payload: null },
  ]);
  assert.deepEqual(board.take(10), []);
});

test('what was taken and never arrived is sent again after the next connection', () => {
  const board = new Board();
  board.want([{ topic: 'a', payload: '1' }]);
  assert.equal(board.take(10).length, 1);
  board.forget();
  assert.deepEqual(board.take(10), [{ topic: 'a', payload: '1' }]);
});

test('however often the connection breaks and strangers write, in the end a broker keeps exactly what is wanted', () => {
  const topic = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const payload = fc.constantFrom('1', '2', '3');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('want' as const), topic, payload: fc.option(payload) }),
    fc.record({ kind: fc.constant('send' as const), most: fc.nat(4) }),
    fc.record({ kind: fc.constant('break' as const), wiped: fc.boolean() }),
    fc.record({ kind: fc.constant('stranger' as const), topic, payload }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const [board, broker, wanted] = [new Board(), new Map<string, string>(), new Map<string, string>()];
      const want = (change: PageChange): void => {
        board.want([change]);
        if (change.payload === null) wanted.delete(change.topic);
        else wanted.set(change.topic, change.payload);
      };
      for (const one of steps) {
        if (one.kind === 'want') want({ topic: one.topic, payload: one.payload });
        else if (one.kind === 'send') bringOut(board, broker, one.most);
        else if (one.kind === 'stranger') broker.set(one.topic, one.payload);
        else {
          if (one.wiped) broker.clear();
          reconnect(board, broker);
        }
      }
      reconnect(board, broker);
      bringOut(board, broker);
      assert.deepEqual([...broker].sort(), [...wanted].sort());
      reconnect(board, broker);
      assert.equal(bringOut(board, broker), 0, 'what is right is left alone');
    }),
  );
});
