/**
 * demo: a simulated home and office behind the ports of the real ones, and a month of what happened there.
 * Never: sends a packet, starts a process, opens a file, or knows who looks and who remembers.
 */

export { chance } from './dice.ts';
export { type Drive, LapseClock } from './lapse-clock.ts';
export { HAPPENINGS, type Happening, happen, liven } from './live/happen.ts';
export type { Hearer } from './live/hearer.ts';
export { say } from './live/say.ts';
export { tellMonth } from './live/tell-month.ts';
export { DAYS } from './story/calendar.ts';
export { CADENCE } from './story/sayings.ts';
export { type Story, type StoryOrder, tellStory } from './story/story.ts';
export { NET_KEYS, NETS, type NetKey } from './story/thing.ts';
export type { Saying, Word } from './story/word.ts';
export type { Deed, Moment } from './world/deed.ts';
export { fulfil } from './world/fate.ts';
export { createDemoListener } from './world/listener.ts';
export { createDemoNames } from './world/names.ts';
export { createDemoProber } from './world/prober.ts';
export { demoSurroundings } from './world/surroundings.ts';
export { createDemoWaker } from './world/waker.ts';
export { World } from './world/world.ts';
