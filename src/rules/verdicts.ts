import type { Incident, Reason, RuleVerdict } from '../core/index.ts';
import type { Quiet } from './conditions.ts';

export const UNASKED: RuleVerdict = {
  rule: null,
  verdict: 'quiet',
  reason: 'unasked',
  text: 'no rule asks for changes of this kind',
  incident: null,
};

export const quietVerdict = (rule: string, { reason, text }: Quiet, incident: Incident | null = null): RuleVerdict => ({
  rule,
  verdict: 'quiet',
  reason,
  text,
  incident: incident?.id ?? null,
});

export const tellVerdict = ({ rule, id }: Incident, reason: Reason, text: string): RuleVerdict => ({
  rule,
  verdict: 'tell',
  reason,
  text,
  incident: id,
});

/** What a rule says; one that fails says nothing, and the others are asked all the same (R50). */
export function isolated(rule: string, verdict: () => RuleVerdict): RuleVerdict {
  try {
    return verdict();
  } catch (fault) {
    return quietVerdict(rule, { reason: 'broken', text: `the rule failed: ${faultText(fault)}` });
  }
}

const LONGEST = 300;

const faultText = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault)).slice(0, LONGEST);
