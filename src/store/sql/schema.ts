import type { Generated, Kysely, Transaction } from 'kysely';

/** The tables of a store, alike in SQLite and PostgreSQL. Times are epoch ms; kinds are numbers of codes.ts. */
export interface Schema {
  migration: { name: string };
  site: { name: string; committed_at: number };
  device: { id: number; site: string; first_seen: number };
  /** All that is believed of devices, over time. The open ones (to_at null) are the present state. */
  span: SpanTable;
  /** What moves without a change, by the key of its fact: when a device was seen at an address, when a port was asked what it serves. */
  sighting: { device: number; key: string; seen_at: number };
  change: ChangeTable;
  /** What was asked for: every scan of a topic may join the run of its predecessor. */
  topic: { id: Generated<number>; digest: string; site: string; target: number | null; subject: string; plan: string };
  /** How scans were done and ended, as compressed JSON; runs share equal ones. */
  terms: { id: Generated<number>; digest: string; body: Uint8Array };
  run: { id: Generated<number>; topic: number; terms: number; first_at: number; first_end: number | null; last_at: number; count: number };
  scan: ScanTable;
  raw: { scan: number; body: Uint8Array };
  target: TargetTable;
  /** Moments kept to compare with; the target '' is everything. */
  baseline: { id: Generated<number>; site: string; target: string; at: number; made_by: string | null; note: string | null };
  import: ImportTable;
  approval: ApprovalTable;
  /** Wordings of verdicts that say nothing of their change, as JSON. */
  ruling: { id: Generated<number>; body: string };
  /** `took`: ms from the change to its verdict. What was said of it is a ruling, or its own body. */
  verdict: { seq: number; took: number; ruling: number | null; body: Uint8Array | null };
  /** Bodies are of bodies.ts; columns hold what is searched for. */
  incident: { id: number; site: string; changed_at: number; closed_at: number | null; body: Uint8Array };
  notification: NotificationTable;
  /** What people said; bodies are JSON. */
  alert_rule: { site: string; name: string; body: string };
  alert_channel: { site: string; name: string; body: string };
  mute: { id: Generated<number>; site: string; until: number | null; ended_at: number | null; body: string };
  /** How people arranged pages; the body is JSON. */
  saved_view: { id: Generated<number>; site: string; owner: number | null; page: string; body: string };
  access_user: UserTable;
  sign_in: SignInTable;
  token: TokenTable;
  audit: AuditTable;
  /** One row, always there. Numbers that were given once stay given when their rows are dropped. */
  alerting: { id: number; tag: string; judged: number; last_incident: number; last_notification: number };
  /** One row, always there. */
  lease: { id: number; fence: number; holder: string | null; holder_id: string | null; until: number };
}

interface SpanTable {
  device: number;
  kind: number;
  key: string;
  value: string;
  from_at: number;
  to_at: number | null;
  opened_by: number;
  closed_by: number | null;
}

interface ChangeTable {
  seq: number;
  at: number;
  kind: number;
  device: number | null;
  /** JSON in the shorthand of shorthand.ts, as `after`. */
  before: string | null;
  after: string | null;
  scan: number;
}

interface ScanTable {
  id: Generated<number>;
  topic: number;
  /** null while running; then `terms` says what is known so far. */
  run: number | null;
  terms: number | null;
  started_at: number;
  /** Milliseconds from start to finish; null while running. */
  took: number | null;
  asked: number;
  up: number;
  changes: number;
  /** Spans it opened or closed: a scan that made any is kept for ever. */
  spans: number;
}

interface NotificationTable {
  id: number;
  site: string;
  /** As of codes.ts. */
  state: number;
  channel: string;
  incident: number | null;
  ended_at: number | null;
  body: Uint8Array;
}

interface ApprovalTable {
  id: Generated<number>;
  site: string;
  /** JSON, as `permit`. */
  subject: string;
  permit: string;
  made_at: number;
  made_by: string | null;
  why: string | null;
  until: number | null;
  revoked_at: number | null;
  revoked_by: string | null;
  /** The scan whose changes tell that it expired. */
  told_by: number | null;
}

interface UserTable {
  id: Generated<number>;
  name: string;
  /** The name whatever its case. */
  name_key: string;
  role: string;
  password: string | null;
  subject: string | null;
  made_at: number;
  disabled_at: number | null;
}

interface SignInTable {
  id: Generated<number>;
  digest: string;
  user_id: number;
  made_at: number;
  seen_at: number;
  until: number;
  came_from: string | null;
  agent: string;
  ended_at: number | null;
}

interface TokenTable {
  id: Generated<number>;
  name: string;
  digest: string;
  hint: string;
  /** With a space between them. */
  scopes: string;
  user_id: number | null;
  made_at: number;
  until: number | null;
  used_at: number | null;
  ended_at: number | null;
}

interface AuditTable {
  id: Generated<number>;
  at: number;
  who: string | null;
  /** The user behind it, where `who` is one of their tokens. */
  whose: string | null;
  user_id: number | null;
  proof: string;
  came_from: string | null;
  operation: string;
  named: string;
  outcome: string;
}

interface TargetTable {
  id: Generated<number>;
  site: string;
  spec: string;
  schedule: string;
  window: number | null;
  iface: string | null;
  source: string;
  created_at: number;
}

/** A file of another program that was taken in. */
interface ImportTable {
  id: Generated<number>;
  site: string;
  scan: number;
  format: string;
  name: string;
  /** SHA-256 of its content, in hex. */
  digest: string;
  at: number;
  rows: number;
  first_at: number | null;
  last_at: number | null;
}

export type Tables = Kysely<Schema>;
export type Trx = Transaction<Schema>;
