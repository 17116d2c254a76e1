/**
 * A private LAN of real Linux hosts, made of network namespaces and torn down always. Needs root.
 * Never: a way out. No namespace here has an interface of this machine, or a route to one.
 */
export { createLan, type Lan, type LanHost, type LanOptions } from './lan.ts';
export { type Knobs, type Responder, startResponder, type VirtualHost } from './responder.ts';
export { type Capture, captureSent, mostInASecond, type Sent } from './sent.ts';
export { startTalker, type Talker } from './talker.ts';
export { type Passed, startTap, type Tap } from './tap.ts';
