// A node:test reporter: one JSON line for each test that ran, and "end" when the file came to its end.
import { inspect } from 'node:util';

export default async function* report(source) {
  for await (const { type, data } of source) {
    if (type === 'test:summary') yield `${JSON.stringify({ end: true })}\n`;
    if ((type === 'test:pass' || type === 'test:fail') && data.details.type !== 'suite') {
      const line = lineOf(type, data);
      if (line) yield `${JSON.stringify(line)}\n`;
    }
  }
}

function lineOf(type, { name, details, skip, line }) {
  const fault = details.error;
  // The failure of a part is counted once, where it happened.
  if (fault?.failureType === 'subtestsFailed') return undefined;
  if (skip !== undefined) return { name, skipped: String(skip) };
  if (type === 'test:pass') return { name };
  return { name, line, fault: textOf(fault?.cause ?? fault) };
}

/** Message and the frames that are ours. */
function textOf(fault) {
  if (!(fault instanceof Error)) return inspect(fault, { depth: 4, colors: false });
  const lines = (fault.stack ?? String(fault)).split('\n').filter((line) => !/^\s+at .*(?:node:|node_modules|\(<anonymous>\))/.test(line));
  return fault.cause === undefined ? lines.join('\n') : `${lines.join('\n')}\ncaused by ${textOf(fault.cause)}`;
}
