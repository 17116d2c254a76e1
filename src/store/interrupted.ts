import { NO_COVERAGE, type Scan } from '../core/index.ts';

/** How a scan ends whose process died: it failed, and covered nothing. */
export const INTERRUPTED: Pick<Scan, 'outcome' | 'cause' | 'coverage'> = {
  outcome: 'failed',
  cause: { code: 'daemon-died', text: 'the process that ran it died before it was finished' },
  coverage: NO_COVERAGE,
};
