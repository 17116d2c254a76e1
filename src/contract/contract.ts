import { oc } from '@orpc/contract';
import { access } from './access.ts';
import { approvals } from './approval.ts';
import { audit } from './audit.ts';
import { backup } from './backup.ts';
import { backups } from './backup-download.ts';
import { baselines } from './baseline.ts';
import { changes } from './change.ts';
import { changeApprovals } from './change-approval.ts';
import { channels } from './channel.ts';
import { devices } from './device.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { filtering } from './filtering.ts';
import { followup } from './followup.ts';
import { groups } from './group.ts';
import { importHistory } from './import-history.ts';
import { incidents } from './incident.ts';
import { ingest } from './ingest.ts';
import { live } from './live.ts';
import { map } from './map.ts';
import { forget, merges } from './merge.ts';
import { mutes } from './mute.ts';
import { networks } from './network.ts';
import { notifications } from './notification.ts';
import { oneDevice } from './one-device.ts';
import { overview } from './overview.ts';
import { groupRemoval, personRemoval } from './party-removal.ts';
import { people } from './person.ts';
import { presence } from './presence.ts';
import { roll } from './roll.ts';
import { roster } from './roster.ts';
import { rows } from './row.ts';
import { rules } from './rule.ts';
import { running } from './running.ts';
import { views } from './saved-view.ts';
import { scans } from './scan.ts';
import { schedule } from './schedule.ts';
import { services } from './service.ts';
import { settings } from './settings.ts';
import { signIns } from './sign-in.ts';
import { status } from './status.ts';
import { strips } from './strip.ts';
import { targets } from './target.ts';
import { targetEdits } from './target-edit.ts';
import { tokens } from './token.ts';
import { undo } from './undo.ts';
import { users } from './user.ts';
import { why } from './why.ts';

/** Where the REST side of the contract lives. */
export const API_PATH = '/api/v1';

/** Every operation of the product. */
export const contract = oc.prefix(API_PATH).router({
  roll,
  overview,
  devices: { ...devices, ...rows, ...filtering, ...roster, ...oneDevice, forget },
  people: { ...people, ...personRemoval },
  groups: { ...groups, ...groupRemoval },
  presence: { ...presence, ...strips },
  why,
  merges,
  changes: { ...changes, ...changeApprovals },
  services,
  scans: { ...scans, ...running },
  followup,
  targets: { ...targets, ...targetEdits },
  schedule,
  networks: { ...networks, ...map },
  ingest,
  importHistory,
  live,
  diff,
  baselines,
  approvals,
  rules,
  channels,
  mutes,
  incidents,
  notifications,
  views,
  undo,
  settings,
  access,
  users,
  signIns,
  tokens,
  audit,
  status,
  doctor,
  backup,
  backups,
});
