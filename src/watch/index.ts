/**
 * watch: the keeper. When to look, run, commit, keep, feed.
 * Never: how a scan is made, where memory lives, or what a face shows; those come in as ports.
 */

export type * from './alerts-asked.ts';
export type * from './approvals-asked.ts';
export type * from './asker.ts';
export type { ChangeQuestion, Recounting } from './chronicle-asked.ts';
export type * from './deeds-asked.ts';
export type { Cost } from './governor/cost-told.ts';
export type * from './keeper.ts';
export { createTenancy, type Tenancy } from './lease.ts';
export type { Log } from './log.ts';
export type { Surroundings, WatcherParts } from './outside.ts';
export type * from './scans-asked.ts';
export type { Segment } from './segments-asked.ts';
export type { Session } from './sessions-asked.ts';
export { systemClock } from './system-clock.ts';
export type * from './undo-asked.ts';
export { createWatcher, type Watcher } from './watcher.ts';
export type { WhyChange, WhyDevice, WhyStep } from './why-asked.ts';
