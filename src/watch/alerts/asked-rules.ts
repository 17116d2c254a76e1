import { Fault, type Rule, type RuleDraft, ruleOf } from '../../core/index.ts';
import type { Wired } from '../wire.ts';
import { checkRule, shown } from './check-rule.ts';

/** Makes a rule, or another in place of the one of that name; in force at once. */
export async function putRule(wired: Wired, draft: RuleDraft): Promise<Rule> {
  const { alerts, outside, ledger, config } = wired;
  const lease = await outside.tenancy.get(); // with it comes what another process has kept
  const rule = ruleOf(draft, 'user');
  checkRule(rule, { channels: alerts.book.channels });
  if (config.rules.some(({ name }) => name === rule.name)) throw setByConfig(`setting rule ${shown(rule.name)}`);
  await outside.store.putAlertRule(ledger.roll.site, rule, lease);
  await alerts.refresh();
  return rule;
}

export async function dropRule(wired: Wired, name: string): Promise<Rule> {
  const { alerts, outside, ledger } = wired;
  const lease = await outside.tenancy.get();
  const rule = alerts.book.ofPeople.rules.find((one) => one.name === name);
  if (!rule) throw notDropped(wired, name);
  await outside.store.dropAlertRule(ledger.roll.site, name, lease);
  await alerts.refresh();
  return rule;
}

function notDropped({ alerts }: Wired, name: string): Fault {
  const doing = `dropping rule ${shown(name)}`;
  const known = alerts.book.rules.find((one) => one.name === name);
  if (!known) return noRule(doing);
  if (known.source === 'config') return setByConfig(doing);
  return new Fault('refused', `${doing}: it comes with the program`, `disable it with "rollcall rule disable ${name}"`);
}

export const noRule = (doing: string): Fault =>
  new Fault('not-found', `${doing}: there is none of that name`, 'list them with "rollcall rule list"');

export const setByConfig = (doing: string): Fault =>
  new Fault('refused', `${doing}: the config file sets it`, 'change it there, and reload');
