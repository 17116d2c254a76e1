import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { FULL, MOST_OF_ONE, sharePlaces } from './places.ts';

/** As much of a connection as is looked at. */
class End extends EventEmitter {
  readonly remoteAddress: string | undefined;
  readonly remotePort: number;
  gone = false;

  constructor(remoteAddress: string | undefined, remotePort: number) {
    super();
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
  }

  destroy(): void {
    this.gone = true;
    this.emit('close');
  }
}

const serverWith = (...proxies: string[]): Server => {
  const server = createServer().removeAllListeners('connection');
  sharePlaces(server, new Set(proxies));
  return server;
};

function come(server: Server, address: string | undefined, count = 1): End[] {
  const ends = Array.from({ length: count }, (_, i) => new End(address, i + 1));
  for (const end of ends) server.emit('connection', end as unknown as Socket);
  return ends;
}

/** A request of which everything has come; ends when the response is emitted to have closed. */
function ask(server: Server, end: End, complete = true): EventEmitter {
  const response = new EventEmitter();
  server.emit('request', { socket: end as unknown, complete } as IncomingMessage, response as ServerResponse);
  return response;
}

const stay = (ends: readonly End[]): number => ends.filter(({ gone }) => !gone).length;

test('S26: one caller has its part, whatever the address is written like, and an IPv6 caller has a /64', () => {
  for (const [one, same] of [
    ['192.0.2.7', '::ffff:192.0.2.7'],
    ['2001:db8::1', '2001:db8::ffff:1'],
    ['fe80::1%eth0', 'fe80::2%eth0'],
  ] as const) {
    const server = serverWith();
    assert.equal(stay(come(server, one, MOST_OF_ONE + 1)), MOST_OF_ONE, one);
    assert.equal(stay(come(server, same)), 0, same);
    assert.equal(stay(come(server, '2001:db8:0:1::1')), 1);
  }
});

test('S26: when all places are taken, whoever has most gives up its oldest that waits for no answer', () => {
  const server = serverWith();
  const many = come(server, '192.0.2.1', MOST_OF_ONE);
  const [first, second, third] = many as [End, End, End];
  ask(server, first);
  ask(server, second, false);
  for (let at = 2; at * 100 <= FULL - MOST_OF_ONE + 100; at++) come(server, `192.0.2.${at}`, 100);
  come(server, '198.51.100.1', FULL);
  assert.deepEqual(
    [first.gone, second.gone, third.gone],
    [false, true, true],
    'a stream stays; a request that never comes to its end goes',
  );
});

test('S26: an answered connection is as good as a quiet one', () => {
  const server = serverWith();
  const many = come(server, '192.0.2.1', MOST_OF_ONE);
  for (const end of many) ask(server, end).emit('close');
  for (let at = 2; at <= 8; at++) come(server, `192.0.2.${at}`, 100);
  come(server, '192.0.2.9', 4);
  assert.equal(stay(come(server, '198.51.100.1')), 1);
  assert.equal(many[0]?.gone, true);
});

test('S26: where everybody waits for an answer nobody is sent away', () => {
  const server = serverWith('192.0.2.1');
  const many = come(server, '192.0.2.1', FULL);
  for (const end of many) ask(server, end);
  assert.equal(stay(come(server, '198.51.100.1')), 1);
  assert.equal(stay(many), FULL);
});

test('a unix socket has no address, and no part', () => {
  const server = serverWith();
  assert.equal(stay(come(server, undefined, FULL + 50)), FULL + 50);
});
