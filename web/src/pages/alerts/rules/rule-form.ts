import type { RuleJson, RuleWordsJson } from '../../../../../src/contract/index.ts';

/** A rule as it stands in the editor: all of it text and lists of text. */
export interface RuleForm {
  readonly name: string;
  readonly on: readonly string[];
  readonly where: string;
  readonly who: readonly string[];
  readonly home: readonly string[];
  readonly away: readonly string[];
  readonly during: readonly string[];
  readonly drift: boolean;
  readonly to: readonly string[];
  readonly urgency: RuleJson['urgency'];
  readonly group: RuleJson['group'];
  readonly cooldown: string;
  /** Empty: never. */
  readonly remind: string;
  readonly escalateAfter: string;
  readonly escalateTo: readonly string[];
  readonly through: boolean;
  readonly resolved: boolean;
}

export const NEW_RULE: RuleForm = {
  name: '',
  on: [],
  where: '',
  who: [],
  home: [],
  away: [],
  during: [],
  drift: false,
  to: ['*'],
  urgency: 'normal',
  group: 'cause',
  cooldown: '0s',
  remind: '',
  escalateAfter: '',
  escalateTo: [],
  through: false,
  resolved: true,
};

export const formOfRule = (rule: RuleJson): RuleForm => ({
  ...rule,
  where: rule.where ?? '',
  remind: rule.remind ?? '',
  escalateAfter: rule.escalate?.after ?? '',
  escalateTo: rule.escalate?.to ?? [],
});

/** The rule as the contract takes it. */
export function wordsOfForm(form: RuleForm): RuleWordsJson {
  const { where, remind, escalateAfter, escalateTo } = form;
  return {
    name: form.name.trim(),
    on: [...form.on],
    where: where.trim() === '' ? null : where.trim(),
    who: [...form.who],
    home: [...form.home],
    away: [...form.away],
    during: [...form.during],
    drift: form.drift,
    to: [...form.to],
    urgency: form.urgency,
    group: form.group,
    cooldown: form.cooldown.trim() === '' ? '0s' : form.cooldown.trim(),
    remind: remind.trim() === '' ? null : remind.trim(),
    escalate: escalateAfter.trim() === '' ? null : { after: escalateAfter.trim(), to: [...escalateTo] },
    through: form.through,
    resolved: form.resolved,
  };
}

export type RuleFault = 'name' | 'on' | 'to' | 'cooldown' | 'remind' | 'escalateAfter' | 'escalateTo';

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/;
const LENGTH = /^(?:\d+(?:w|d|h|ms|m|s))+$/;

/** Fields that can never be right; whether the rest is, the daemon says. */
export function faultsOfForm(form: RuleForm): ReadonlySet<RuleFault> {
  const isLength = (text: string): boolean => LENGTH.test(text.trim());
  const checks: readonly (readonly [RuleFault, boolean])[] = [
    ['name', NAME.test(form.name.trim())],
    ['on', form.on.length > 0],
    ['to', form.to.length > 0],
    ['cooldown', form.cooldown.trim() === '' || isLength(form.cooldown)],
    ['remind', form.remind.trim() === '' || isLength(form.remind)],
    ['escalateAfter', form.escalateAfter.trim() === '' || isLength(form.escalateAfter)],
    ['escalateTo', form.escalateAfter.trim() === '' || form.escalateTo.length > 0],
  ];
  return new Set(checks.flatMap(([field, sound]) => (sound ? [] : [field])));
}
