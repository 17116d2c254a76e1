// A thread that surveys one file while the main thread surveys the other. It is given a descriptor of the process.
import { parentPort, workerData } from 'node:worker_threads';
import { readFully } from '../files/seekable.ts';
import { surveyFile } from './survey-file.ts';

const { fd } = workerData as { readonly fd: number };
const warnings: string[] = [];
const survey = surveyFile({ read: (buffer, position) => readFully(fd, buffer, position) }, (text) => warnings.push(text));
const moved = survey.ok
  ? [survey.hosts.offsets, survey.hosts.lengths, survey.hosts.digests].map(({ buffer }) => buffer as ArrayBuffer)
  : [];
parentPort?.postMessage({ survey, warnings }, moved);
