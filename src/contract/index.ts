/**
 * contract: every operation and event of the product, as zod schemas with their paths and words.
 * Clients (CLI, dashboard) import its types only; the handlers implement it; the OpenAPI file is made from it.
 * Never: how anything is done, and nothing but core behind it.
 */
export * from './access.ts';
export * from './approval.ts';
export * from './audit.ts';
export * from './baseline.ts';
export * from './change.ts';
export * from './channel.ts';
export * from './client.ts';
export * from './contract.ts';
export * from './device.ts';
export * from './diff.ts';
export * from './doctor.ts';
export * from './fault.ts';
export * from './filtering.ts';
export * from './followup.ts';
export * from './group.ts';
export * from './import-history.ts';
export * from './incident.ts';
export * from './ingest.ts';
export * from './live.ts';
export * from './live-slim.ts';
export * from './map.ts';
export * from './merge.ts';
export * from './mute.ts';
export * from './network.ts';
export * from './notification.ts';
export * from './overview.ts';
export * from './person.ts';
export * from './port.ts';
export * from './presence.ts';
export * from './result.ts';
export * from './roll.ts';
export * from './row.ts';
export * from './rule.ts';
export * from './running.ts';
export * from './scan.ts';
export * from './schedule.ts';
export * from './service.ts';
export * from './sign-in.ts';
export * from './status.ts';
export * from './strip.ts';
export * from './target.ts';
export * from './token.ts';
export * from './user.ts';
export * from './verdict.ts';
export * from './why.ts';
