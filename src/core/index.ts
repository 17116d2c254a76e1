/**
 * core: the field's words as types, and the ports the edges implement.
 * Never: node:*, timers, DOM, randomness, the clock, or any import from outside this room.
 */
export * from './address.ts';
export * from './baseline.ts';
export * from './change.ts';
export * from './channel.ts';
export * from './clue.ts';
export * from './device.ts';
export * from './difference.ts';
export * from './export.ts';
export * from './fact.ts';
export * from './facts.ts';
export * from './fault.ts';
export * from './forecast.ts';
export * from './guard.ts';
export * from './history.ts';
export * from './history-format.ts';
export * from './host.ts';
export * from './label-facts.ts';
export * from './labels.ts';
export * from './mac.ts';
export * from './mail-address.ts';
export * from './merge.ts';
export * from './order.ts';
export * from './pace.ts';
export * from './plan.ts';
export * from './ports.ts';
export * from './prober.ts';
export * from './quiet-hours.ts';
export * from './rhythm-facts.ts';
export * from './scan.ts';
export * from './scope.ts';
export * from './serving.ts';
export * from './serving-facts.ts';
export * from './sha256.ts';
export * from './side.ts';
export * from './sighting.ts';
export * from './store.ts';
export * from './suggest.ts';
export * from './target.ts';
export * from './time.ts';
export * from './untrusted.ts';
export * from './view.ts';
export * from './view-items.ts';
