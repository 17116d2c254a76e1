import { first } from './0001-first.ts';
import { baselines } from './0002-baselines.ts';
import { labels } from './0003-labels.ts';
import { checks } from './0004-checks.ts';
import { approvals } from './0005-approvals.ts';
import { imports } from './0006-imports.ts';
import { governor } from './0007-governor.ts';
import { alerts } from './0008-alerts.ts';
import { access } from './0009-access.ts';
import { views } from './0010-views.ts';
import type { Migration } from './migrate.ts';

/** All steps of the schema, oldest first. */
export const MIGRATIONS: readonly Migration[] = [first, baselines, labels, checks, approvals, imports, governor, alerts, access, views];
