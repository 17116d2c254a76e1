import { addRule, disableRule, enableRule, removeRule, setRule } from '../alerts/rule-edit.ts';
import { listRules, showRule } from '../alerts/rule-list.ts';
import { withRuleOptions } from '../alerts/rule-options.ts';
import { testRule } from '../alerts/rule-test.ts';
import type { CommandModule } from '../command.ts';
import { oneOf } from '../sub-words.ts';

const WORDS = {
  list: listRules,
  show: showRule,
  add: addRule,
  set: setRule,
  enable: enableRule,
  disable: disableRule,
  remove: removeRule,
  test: testRule,
} as const;

const EXPLANATION = `
  rollcall rule                                         all rules: those that come with it, of the config, and yours
  rollcall rule show new-device                         one of them, whole
  rollcall rule add night-arrivals --on device.appeared,device.returned --where -tag:ok --during 22:00-06:00 --to phone
  rollcall rule add cameras --on device.left --where group:cameras --remind 30m --escalate 2h=boss --urgency high
  rollcall rule add burglar --on device.appeared --away group:family --to phone,siren --urgency critical
  rollcall rule set new-device --to phone --remind never
  rollcall rule disable certificate-expiring            also enable; one that comes with it cannot be removed
  rollcall rule remove night-arrivals
  rollcall rule test cameras --since 30d                what it would have sent; nothing is sent or stored
  rollcall rule test --on 'port.*' --drift              the same of a rule that is not kept

All that is said of a rule must fit; "rollcall devices --help" has the words of --where. Times of --during are by the clock of
[alerts] in the config.
Exit codes: 0 listed or changed, or it would have sent nothing (test); 1 it would have sent something (test); 2 no such rule, one that
cannot work, or failure.`;

export const ruleCommand: CommandModule = {
  words: Object.keys(WORDS),

  define: (command) =>
    withRuleOptions(
      command
        .description('Say who must hear of what, and see what a rule would have sent.')
        .argument('[what]', `${Object.keys(WORDS).join(', ')}; left out: list`)
        .argument('[names...]', 'names of rules'),
    ).addHelpText('after', EXPLANATION),

  async run(call) {
    const [what = 'list', ...words] = call.args;
    return oneOf(WORDS, 'rule', what)(call, words);
  },
};
