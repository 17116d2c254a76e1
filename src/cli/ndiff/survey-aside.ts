import { Worker } from 'node:worker_threads';
import type { Survey } from '../../ndiff/index.ts';
import type { SeekableFile } from '../files/seekable.ts';
import { unreadable } from './unreadable.ts';

/** A survey under way in a thread of its own. */
export interface SurveyAside {
  readonly done: Promise<{ readonly survey: Survey; readonly warnings: readonly string[] }>;
  stop(): void;
}

/** Its young objects die young: more room for them would only be more memory. */
const YOUNG_MB = 8;

/** Surveys a plain file beside us. */
export function surveyAside(file: SeekableFile): SurveyAside {
  const worker = new Worker(new URL('./survey-worker.ts', import.meta.url), {
    workerData: { fd: file.fd },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const done = new Promise<Awaited<SurveyAside['done']>>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (thrown) => reject(unreadable(thrown)));
    worker.once('exit', () => reject(new Error('the thread that reads the second scan ended without a word')));
  });
  done.catch(() => {}); // whoever stops it does not wait for it
  return { done, stop: () => void worker.terminate() };
}
