import { type AnyRouter, isProcedure, Procedure } from '@orpc/server';
import { accessHandlers } from './handlers/access.ts';
import { approvalHandlers } from './handlers/approvals.ts';
import { auditHandlers } from './handlers/audit.ts';
import { backupHandlers } from './handlers/backups.ts';
import { baselineHandlers } from './handlers/baselines.ts';
import { changeApprovalHandlers } from './handlers/change-approvals.ts';
import { changeHandlers } from './handlers/changes.ts';
import { channelHandlers } from './handlers/channels.ts';
import { daemonHandlers } from './handlers/daemon.ts';
import { deviceHandlers } from './handlers/devices.ts';
import { diffHandlers } from './handlers/diff.ts';
import { filteringHandlers } from './handlers/filtering.ts';
import { followUpHandlers } from './handlers/followup.ts';
import { groupHandlers } from './handlers/groups.ts';
import { importHandler } from './handlers/import-history.ts';
import { incidentHandlers } from './handlers/incidents.ts';
import { ingestHandler } from './handlers/ingest.ts';
import { forgetHandler, mergeHandlers } from './handlers/merges.ts';
import { muteHandlers } from './handlers/mutes.ts';
import { notificationHandlers } from './handlers/notifications.ts';
import { oneDeviceHandlers } from './handlers/one-device.ts';
import { overviewHandlers } from './handlers/overview.ts';
import { groupRemovalHandlers, personRemovalHandlers } from './handlers/party-removal.ts';
import { peopleHandlers } from './handlers/people.ts';
import { presenceHandlers } from './handlers/presence.ts';
import { rosterHandlers } from './handlers/roster.ts';
import { rowHandlers } from './handlers/rows.ts';
import { ruleHandlers } from './handlers/rules.ts';
import { savedViewHandlers } from './handlers/saved-views.ts';
import { scanHandlers } from './handlers/scans.ts';
import { scheduleHandlers } from './handlers/schedule.ts';
import { serviceHandlers } from './handlers/services.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { signInHandlers } from './handlers/sign-ins.ts';
import { stripHandlers } from './handlers/strips.ts';
import { targetEditHandlers } from './handlers/target-edits.ts';
import { targetHandlers } from './handlers/targets.ts';
import { tokenHandlers } from './handlers/tokens.ts';
import { undoHandlers } from './handlers/undo.ts';
import { userHandlers } from './handlers/users.ts';
import { whyHandlers } from './handlers/why.ts';
import { liveItems } from './live.ts';
import { slimItems } from './live-slim.ts';
import { operations } from './operations.ts';
import { rollToJson } from './rolls.ts';

/** The whole contract, answered by the keeper in the context of each call ({@link ApiContext}). */
export function createRouter() {
  return trusting(
    operations.router({
      roll: { get: operations.roll.get.handler(({ context }) => rollToJson(context.keeper.roll())) },
      overview: overviewHandlers(),
      devices: {
        ...deviceHandlers(),
        ...rowHandlers(),
        ...filteringHandlers(),
        ...rosterHandlers(),
        ...oneDeviceHandlers(),
        forget: forgetHandler(),
      },
      people: { ...peopleHandlers(), ...personRemovalHandlers() },
      groups: { ...groupHandlers(), ...groupRemovalHandlers() },
      presence: { ...presenceHandlers(), ...stripHandlers() },
      why: whyHandlers(),
      merges: mergeHandlers(),
      changes: { ...changeHandlers(), ...changeApprovalHandlers() },
      services: serviceHandlers(),
      scans: scanHandlers(),
      followup: followUpHandlers(),
      targets: { ...targetHandlers(), ...targetEditHandlers() },
      schedule: scheduleHandlers(),
      ingest: ingestHandler(),
      importHistory: importHandler(),
      diff: diffHandlers(),
      baselines: baselineHandlers(),
      approvals: approvalHandlers(),
      rules: ruleHandlers(),
      channels: channelHandlers(),
      mutes: muteHandlers(),
      incidents: incidentHandlers(),
      notifications: notificationHandlers(),
      live: operations.live.handler(({ context: { keeper }, input: { slim }, lastEventId, signal }) =>
        (slim ? slimItems : liveItems)({ keeper, lastEventId, signal }),
      ),
      views: savedViewHandlers(),
      undo: undoHandlers(),
      settings: settingsHandlers(),
      backups: backupHandlers(),
      access: accessHandlers(),
      users: userHandlers(),
      signIns: signInHandlers(),
      tokens: tokenHandlers(),
      audit: auditHandlers(),
      ...daemonHandlers(),
    }),
  );
}

export type RollcallRouter = ReturnType<typeof createRouter>;

/**
 * The same router without output checks: answers are typed by the contract and tested against it; parsing
 * 10,000 devices again for each caller would hold up everybody else.
 */
function trusting<R extends AnyRouter>(router: R): R {
  if (isProcedure(router)) {
    const { outputSchema: _, ...rest } = router['~orpc'];
    return new Procedure(rest) as unknown as R;
  }
  return Object.fromEntries(Object.entries(router).map(([name, part]) => [name, trusting(part as AnyRouter)])) as R;
}
