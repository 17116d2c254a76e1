import { byPort, type Difference, type JsonObject, type ScriptSeen } from '../core/index.ts';
import type { Findings, Seen, Sides } from './compare-known.ts';
import { NOTHING } from './compare-known.ts';
import type { PortPair } from './compare-open.ts';
import { type IgnoreRules, ignoresPort, ignoresScript } from './ignore.ts';
import { portKey } from './look-ports.ts';
import { VOLATILE_SCRIPTS, withoutCertificateDays, withoutVolatileLines } from './volatile.ts';

/** What one script printed at one place, on both sides; null: nothing. */
interface ScriptPair {
  readonly about: Pick<ScriptSeen, 'port' | 'id'>;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Scripts that print something else. Where the port is not open on both sides, the port is the news. A script that
 * printed on one side only counts when both ran the same ones, and the silent side did ask this device.
 */
export function compareScripts(sides: Sides, ports: readonly PortPair[], rules: IgnoreRules): Findings {
  const { a, b } = sides;
  if (a.view.scriptChoice === null || b.view.scriptChoice === null) return NOTHING;
  if (a.scripts.length === 0 && b.scripts.length === 0) return NOTHING;
  const open = new Set(ports.filter((pair) => pair.a.state === 'open' && pair.b.state === 'open').map((pair) => portKey(pair.a)));
  const differ = pairScripts(a, b)
    .filter(({ about }) => about.port === null || open.has(portKey(about.port)))
    .filter((pair) => pair.before !== pair.after && isHeard(pair, sides));
  const told = differ.filter((pair) => !isIgnored(pair, rules));
  return { differences: told.map(scriptDifference), unknown: [], ignored: differ.length - told.length };
}

function pairScripts(a: Seen, b: Seen): ScriptPair[] {
  const [old, fresh] = [outputs(a.scripts), outputs(b.scripts)];
  return [...new Map([...old, ...fresh])]
    .sort(([, left], [, right]) => byPlace(left.about, right.about))
    .map(([key, { about }]) => ({ about, before: old.get(key)?.text ?? null, after: fresh.get(key)?.text ?? null }));
}

interface Printed {
  readonly about: ScriptPair['about'];
  readonly text: string;
}

/** A script that is told twice counts as one that printed both. */
function outputs(scripts: readonly ScriptSeen[]): Map<string, Printed> {
  const found = new Map<string, Printed>();
  for (const { port, id, output } of scripts) {
    const key = `${port === null ? '' : portKey(port)} ${id}`;
    const before = found.get(key);
    found.set(key, { about: { port, id }, text: before === undefined ? output : `${before.text}\n${output}` });
  }
  return found;
}

/** By port, those about the whole host last; then by id. */
function byPlace(a: ScriptPair['about'], b: ScriptPair['about']): number {
  const ports = a.port === null || b.port === null ? Number(a.port === null) - Number(b.port === null) : byPort(a.port, b.port);
  return ports || (a.id < b.id ? -1 : 1);
}

function isHeard({ about, before, after }: ScriptPair, { a, b }: Sides): boolean {
  if (before !== null && after !== null) return true;
  const silent = before === null ? a : b;
  return a.view.scriptChoice === b.view.scriptChoice && (about.port !== null || Object.keys(silent.device.asked).length > 0);
}

function isIgnored({ about: { port, id }, before, after }: ScriptPair, rules: IgnoreRules): boolean {
  if (ignoresScript(rules, id) || (port !== null && ignoresPort(rules, port))) return true;
  if (rules.volatile && VOLATILE_SCRIPTS.has(id)) return true;
  if (before === null || after === null) return false;
  return lasting(before, rules) === lasting(after, rules);
}

/** What the rules leave of an output. */
function lasting(output: string, { volatile, certificateDays }: IgnoreRules): string {
  const still = volatile ? withoutVolatileLines(output) : output;
  return certificateDays ? withoutCertificateDays(still) : still;
}

function scriptDifference({ about: { port, id }, before, after }: ScriptPair): Difference {
  const side = (output: string | null): JsonObject | null => (output === null ? null : { port: port && { ...port }, id, output });
  return { kind: 'script.changed', before: side(before), after: side(after) };
}
