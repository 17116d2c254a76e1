import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fastClock } from '../../../test/probes/clocks.ts';
import { fakeMachine, LOOPBACK, link } from '../../../test/probes/fake-machine.ts';
import { createListener, createNeighbourListener } from '../index.ts';

const clock = fastClock();
const forever = new AbortController().signal;

test('R11: without tcpdump, or without ip, listening ends at once and says what is missing', async () => {
  const listener = createListener({ clock, machine: fakeMachine() });
  const cause = await listener.listen(['va'], () => {}, forever);
  assert.deepEqual(cause, { code: 'tool-missing', text: 'listening on va: tcpdump is not installed' });
  const neighbours = createNeighbourListener({ clock, machine: fakeMachine() });
  assert.match(String((await neighbours.listen(['va'], () => {}, forever))?.text), /ip \(iproute2\) is not installed/);
});

test('a program called tcpdump that is none is given up after some tries, and the others are stopped with it', async () => {
  const tools = { tcpdump: { path: '/bin/false', version: null }, ip: { path: '/bin/cat', version: null } };
  const listener = createListener({ clock: fastClock(200), machine: fakeMachine({ tools }) });
  const cause = await listener.listen(['va'], () => {}, forever);
  assert.equal(cause?.code, 'tool-failed');
  assert.match(cause.text, /va|neighbour table/);
  assert.equal(listener.commands.length, 2);
});

test('nobody is to be heard on a loopback: nothing is started for it', async () => {
  const machine = fakeMachine({ links: [[LOOPBACK, link('va', ['10.77.0.1/24'])]] });
  const listener = createListener({ clock, machine });
  // Only the neighbour table is left, for which ip is missing.
  assert.match(String((await listener.listen(['lo'], () => {}, forever))?.text), /neighbour table/);
});

test('stopped before it began, it listens to nothing', async () => {
  const listener = createListener({ clock, machine: fakeMachine() });
  assert.equal(await listener.listen([], () => {}, AbortSignal.abort()), null);
  assert.deepEqual(listener.count, { heard: 0, told: 0, passed: 0, malformed: 0, dropped: 0 });
});
