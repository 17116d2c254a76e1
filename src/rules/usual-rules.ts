import { type Rule, type RuleDraft, ruleOf } from '../core/index.ts';
import { DAY, HOUR } from './spans.ts';

/** What everybody wants to hear of, until they say otherwise. None of them can flood: each is below the storm ceiling. */
const DRAFTS: readonly RuleDraft[] = [
  { name: 'new-device', on: ['device.appeared'] },
  { name: 'unapproved-service', on: ['port.opened', 'service.changed'], drift: true, urgency: 'high', cooldown: HOUR },
  { name: 'important-device-left', on: ['device.left'], where: 'importance:high', urgency: 'high' },
  { name: 'vantage-blind', on: ['vantage.blind'], urgency: 'high', group: 'subject' },
  { name: 'segment-lost', on: ['segment.lost'], urgency: 'high', group: 'subject' },
  { name: 'storm', on: ['storm.began'], urgency: 'high', group: 'subject' },
  { name: 'gateway-changed', on: ['gateway.changed'], urgency: 'critical', group: 'subject' },
  { name: 'key-changed', on: ['service.key-changed'], urgency: 'high', cooldown: HOUR },
  { name: 'certificate-expiring', on: ['certificate.expiring'], group: 'cause', cooldown: DAY },
  { name: 'address-conflict', on: ['address.conflict'], cooldown: HOUR },
  { name: 'device-harmed', on: ['device.harmed'], urgency: 'high' },
  { name: 'approval-expired', on: ['approval.expired'], urgency: 'low' },
];

/** The rules that come with the program. */
export const USUAL_RULES: readonly Rule[] = DRAFTS.map((draft) => ruleOf(draft, 'usual'));
