import { execFileSync } from 'node:child_process';
import { type Need, type NeedOptions, needs } from '../needs.ts';

/** What is printed when the Ndiff here is the one we compare with: Debian's module, under a Python that writes XML as 3.8 to 3.12 do. */
const ASK = `
import sys
source = open('/usr/lib/python3/dist-packages/ndiff.py', encoding='utf-8').read()
print((3, 8) <= sys.version_info < (3, 13) and source.count('self.script_result_diffs > 0') == 1)
`;

/** Options for tests beside Debian's Ndiff; another one would answer differently. */
export function needsReference(...more: readonly Need[]): NeedOptions {
  const tools = needs('ndiff', 'python3', ...more);
  if (tools.skip !== undefined || tools.signal !== undefined || isReference()) return tools;
  const reason = 'needs the ndiff of Debian 12 under Python 3.8 to 3.12; the one here is another';
  return process.env['CI'] === 'true' ? { signal: AbortSignal.abort(new Error(reason)) } : { skip: reason };
}

function isReference(): boolean {
  try {
    return execFileSync('python3', ['-c', ASK], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) === 'True\n';
  } catch {
    return false;
  }
}
