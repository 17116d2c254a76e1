import { isDate, type LocalTime, type NdiffHeader, type Survey } from '../../ndiff/index.ts';
import type { ScanFile, SurveyedScan } from './compare-scans.ts';
import { Died } from './died.ts';
import { surveyFile } from './survey-file.ts';

export interface SurveyOrder {
  /** Throws {@link Died} when it cannot be opened. */
  open(path: string): ScanFile;
  readonly a: string;
  readonly b: string;
  readonly zone: LocalTime;
  /** Hears what Ndiff complains of, of the first file first. */
  warn(text: string): void;
}

/** From this size of both on, a second thread costs less than it saves. */
const WORTH_A_THREAD = 4 * 1024 * 1024;

/**
 * Reads both scans once. Whatever is wrong with the first one is told before the second is looked at, as Ndiff reads
 * them one after the other; only when both are plain, large files they are read side by side.
 */
export async function surveyBoth({ open, a, b, zone, warn }: SurveyOrder): Promise<readonly [SurveyedScan, SurveyedScan]> {
  const first = open(a);
  const second = first.file.spooled || first.file.size < WORTH_A_THREAD ? null : openEarly(open, b);
  const worthIt = second !== null && !second.file.spooled && second.file.size >= WORTH_A_THREAD;
  if (second !== null && worthIt) return sideBySide({ first, second, zone, warn });
  const surveyed = judged(first, surveyFile(first.file, warn), zone);
  const other = second ?? open(b);
  return [surveyed, judged(other, surveyFile(other.file, warn), zone)];
}

/** What is wrong with the second file is told only after the first one was read. */
function openEarly(open: SurveyOrder['open'], path: string): ScanFile | null {
  try {
    return open(path);
  } catch (fault) {
    if (fault instanceof Died) return null;
    throw fault;
  }
}

interface SideBySide extends Pick<SurveyOrder, 'zone' | 'warn'> {
  readonly first: ScanFile;
  readonly second: ScanFile;
}

async function sideBySide({ first, second, zone, warn }: SideBySide): Promise<readonly [SurveyedScan, SurveyedScan]> {
  const { surveyAside } = await import('./survey-aside.ts');
  const aside = surveyAside(second.file);
  try {
    const a = judged(first, surveyFile(first.file, warn), zone);
    const { survey, warnings } = await aside.done;
    for (const warning of warnings) warn(warning);
    return [a, judged(second, survey, zone)];
  } finally {
    aside.stop();
  }
}

function judged({ path, file }: ScanFile, survey: Survey, zone: LocalTime): SurveyedScan {
  if (!survey.ok) throw new Died(`${path}:${survey.fault.line}:${survey.fault.column}: ${survey.fault.message}`, 'ours');
  const { header, hosts } = survey;
  for (const time of timesOf(header))
    if (!isDate(time, zone)) throw new Died(`${path}: the scan's time ${time} lies outside the years 1 to 9999`, 'ours');
  return { path, file, header, hosts };
}

const timesOf = ({ start, end }: NdiffHeader): number[] => [start, end].filter((time) => time !== null);
