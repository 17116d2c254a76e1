import type { RuleJson } from '../../contract/index.ts';
import type { Output, Piece, Tone } from '../terminal/output.ts';

const TONES: Partial<Record<RuleJson['urgency'], Tone>> = { critical: 'bad', high: 'warn', low: 'dim' };

export function urgencyPiece(urgency: RuleJson['urgency']): Piece {
  const tone = TONES[urgency];
  return tone ? { text: urgency, tone } : urgency;
}

export const RULE_HEADING = ['NAME', 'IS', 'FROM', 'URGENCY', 'TO', 'ON', 'IF'] as const;

const FROM: Readonly<Record<RuleJson['source'], string>> = { usual: 'rollcall', config: 'config', user: 'people' };

/** A row of the table of rules. */
export function ruleRow(rule: RuleJson): Piece[] {
  const { name, enabled, source, urgency, to, on } = rule;
  return [name, enabledPiece(enabled), FROM[source], urgencyPiece(urgency), to.join(','), some(on), conditions(rule) || '-'];
}

const enabledPiece = (enabled: boolean): Piece => (enabled ? { text: 'on', tone: 'good' } : { text: 'off', tone: 'dim' });

/** Kinds named in a cell. */
const SHOWN = 2;
const some = (kinds: readonly string[]): string =>
  kinds.length > SHOWN ? `${kinds.slice(0, SHOWN).join(', ')} and ${kinds.length - SHOWN} more` : kinds.join(', ');

/** What else must hold, in the words of the command line. */
function conditions({ where, who, home, away, during, drift }: RuleJson): string {
  const parts = [
    where ?? '',
    who.length > 0 ? `about ${who.join(' or ')}` : '',
    home.length > 0 ? `${home.join(' or ')} home` : '',
    away.length > 0 ? `${away.join(' and ')} away` : '',
    during.length > 0 ? during.join(' or ') : '',
    drift ? 'not as approved' : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** One rule, whole. */
export function printRule(out: Output, rule: RuleJson): void {
  const { name, enabled, source, on, to, urgency } = rule;
  out.line({ text: name, tone: 'strong' }, `  ${SOURCES[source]}, `, enabledPiece(enabled));
  out.line(`  on          ${on.join(', ')}`);
  out.line(`  if          ${conditions(rule) || 'always'}`);
  out.line(`  to          ${to.map((channel) => (channel === '*' ? '* (all that take the usual rules)' : channel)).join(', ')}`);
  out.line('  urgency     ', urgencyPiece(urgency));
  for (const [label, text] of times(rule)) if (text !== '') out.line(`  ${label.padEnd(12)}${text}`);
}

const SOURCES: Readonly<Record<RuleJson['source'], string>> = {
  usual: 'comes with rollcall',
  config: 'of the config',
  user: 'made by people',
};

const TOGETHER: Readonly<Record<RuleJson['group'], string>> = {
  cause: 'what one scan found',
  subject: 'what is about the same device, place or person',
  rule: 'all of it',
};

const times = ({ group, cooldown, remind, escalate, through, resolved }: RuleJson): [string, string][] => [
  ['together', TOGETHER[group]],
  ['cooldown', cooldown === '0s' ? '' : cooldown],
  ['reminder', remind === null ? '' : `every ${remind} until acknowledged or over`],
  ['escalation', escalate ? `after ${escalate.after} to ${escalate.to.join(', ')}` : ''],
  ['quiet hours', through ? 'passed through' : ''],
  ['resolved', resolved ? '' : 'that it is over is not told'],
];
