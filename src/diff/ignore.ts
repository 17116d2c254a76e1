import { bad, good, type PortSet, type Protocol, parsePorts, portsHold, type Result } from '../core/index.ts';
import type { PortRef } from './look-ports.ts';

/** Differences that the reader does not want to hear of. Plain, so that it can be sent. */
export interface IgnoreRules {
  /** Ids of scripts; "*" stands for any characters. */
  readonly scripts: readonly string[];
  /** `protocol` null: of every protocol. */
  readonly ports: readonly { readonly protocol: Protocol | null; readonly ports: PortSet }[];
  /** Days until or since a certificate ends, as scripts count them; another date is still told. */
  readonly certificateDays: boolean;
  /** Clocks and counters in what scripts print. */
  readonly volatile: boolean;
}

export const IGNORE_NOTHING: IgnoreRules = { scripts: [], ports: [], certificateDays: false, volatile: false };

const FORMS = 'write script:ID (with *), port:22, port:udp/161, port:8000-8100, certificate-days or volatile';

/** Reads rules, one in each text: "script:ssl-*", "port:22", "port:udp/161", "port:8000-8100", "certificate-days", "volatile". */
export function parseIgnore(texts: readonly string[]): Result<IgnoreRules> {
  let rules = IGNORE_NOTHING;
  for (const text of texts) {
    const rule = parseRule(text.trim());
    if (rule === undefined) return bad(`reading ignore rules: ${JSON.stringify(text)} is none`, FORMS);
    rules = {
      scripts: [...rules.scripts, ...(rule.scripts ?? [])],
      ports: [...rules.ports, ...(rule.ports ?? [])],
      certificateDays: rules.certificateDays || rule.certificateDays === true,
      volatile: rules.volatile || rule.volatile === true,
    };
  }
  return good(rules);
}

function parseRule(text: string): Partial<IgnoreRules> | undefined {
  if (text === 'certificate-days') return { certificateDays: true };
  if (text === 'volatile') return { volatile: true };
  const [, kind, value = ''] = /^(script|port):(.+)$/.exec(text) ?? [];
  if (kind === 'script') return /^[\w*.-]+$/.test(value) ? { scripts: [value] } : undefined;
  return kind === 'port' ? parsePortRule(value) : undefined;
}

function parsePortRule(text: string): Partial<IgnoreRules> | undefined {
  const [, protocol = null, list = ''] = /^(?:(tcp|udp|sctp|ip)\/)?([\d,-]+)$/.exec(text) ?? [];
  const ports = parsePorts(list) ?? [];
  return ports.length > 0 ? { ports: [{ protocol: protocol as Protocol | null, ports }] } : undefined;
}

export function ignoresPort(rules: IgnoreRules, { protocol, port }: PortRef): boolean {
  return rules.ports.some((rule) => (rule.protocol === null || rule.protocol === protocol) && portsHold(rule.ports, port));
}

export function ignoresScript(rules: IgnoreRules, id: string): boolean {
  return rules.scripts.some((pattern) => fitsPattern(pattern, id));
}

/** Piece by piece and never back: no pattern and no id can make it slow. */
function fitsPattern(pattern: string, text: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - tail.length;
}
