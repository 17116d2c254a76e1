import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { parseAddress } from '../core/index.ts';
import { plainAddress } from './callers/way.ts';

/** Connections that one caller may hold at once. */
export const MOST_OF_ONE = 256;
/** As many as all together may hold before one has to go: fewer than the server takes, so that whoever comes then still gets in. */
export const FULL = 960;

interface Guest {
  readonly place: string;
  readonly socket: Socket;
  /** What was asked last and is not answered yet; null: nothing. */
  asked: IncomingMessage | null;
}

/**
 * Shares the places of a server among those who come, so that none of them keeps others out (S26). One caller has no more than {@link MOST_OF_ONE}; when all
 * are taken, whoever has most gives up the oldest that waits for no answer. Proxies stand for many callers and have what there is.
 */
export function sharePlaces(server: Server, proxies: ReadonlySet<string>): void {
  const places = new Places(proxies);
  server.on('connection', (socket: Socket) => places.take(socket));
  // Over TLS a request has another socket than the connection, with the same two ends.
  server.on('request', (request, response) => {
    const guest = places.at(request.socket);
    if (!guest) return;
    guest.asked = request;
    response.once('close', () => {
      if (guest.asked === request) guest.asked = null;
    });
  });
}

class Places {
  /** By the caller's end of the connection, oldest first. */
  readonly #guests = new Map<string, Guest>();
  readonly #held = new Map<string, number>();
  readonly #proxies: ReadonlySet<string>;

  constructor(proxies: ReadonlySet<string>) {
    this.#proxies = proxies;
  }

  at(socket: Socket): Guest | undefined {
    return this.#guests.get(endOf(socket) ?? '');
  }

  take(socket: Socket): void {
    const end = endOf(socket);
    // A unix socket: its file's mode says who may come.
    if (end === undefined) return;
    const place = placeOf(plainAddress(socket.remoteAddress ?? ''));
    if (this.#heldBy(place) >= MOST_OF_ONE && !this.#proxies.has(plainAddress(socket.remoteAddress ?? ''))) {
      socket.destroy();
      return;
    }
    if (this.#guests.size >= FULL) this.#makeRoom();
    const guest: Guest = { place, socket, asked: null };
    this.#guests.set(end, guest);
    this.#held.set(place, this.#heldBy(place) + 1);
    socket.once('close', () => this.#leave(end, guest));
  }

  #heldBy(place: string): number {
    return this.#held.get(place) ?? 0;
  }

  #leave(end: string, guest: Guest): void {
    if (this.#guests.get(end) !== guest) return;
    this.#guests.delete(end);
    const left = this.#heldBy(guest.place) - 1;
    if (left > 0) this.#held.set(guest.place, left);
    else this.#held.delete(guest.place);
  }

  #makeRoom(): void {
    let leaving: [end: string, guest: Guest] | undefined;
    for (const [end, guest] of this.#guests)
      if (!isWaiting(guest) && this.#heldBy(guest.place) > this.#heldBy(leaving?.[1].place ?? '')) leaving = [end, guest];
    if (!leaving) return;
    this.#leave(...leaving);
    leaving[1].socket.destroy();
  }
}

/** It has asked all it wanted to ask: what remains is up to us. */
const isWaiting = ({ asked }: Guest): boolean => asked?.complete ?? false;

const endOf = ({ remoteAddress, remotePort }: Socket): string | undefined =>
  remoteAddress === undefined ? undefined : `${remoteAddress} ${remotePort}`;

/** Whoever has an IPv6 address has all of its /64. */
function placeOf(address: string): string {
  const parsed = parseAddress(address);
  return parsed?.family === 6 ? `${parsed.value >> 64n}` : address;
}
