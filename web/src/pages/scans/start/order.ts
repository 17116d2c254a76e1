import { PLANS, type PlanName, type ScriptChoice } from '../../../../../src/core/index.ts';

/** A scan by hand while it is written. */
export interface Order {
  /** Blocks, addresses, names: parted by blanks, commas or lines. */
  readonly targets: string;
  readonly plan: PlanName;
  /** Empty: the plan's own. */
  readonly ports: string;
  readonly scripts: ScriptChoice | '';
  /** Also in quiet hours. */
  readonly now: boolean;
}

export const NEW_ORDER: Order = { targets: '', plan: 'ports', ports: '', scripts: '', now: false };

export const targetsOf = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '');

export const asksPorts = (plan: PlanName): boolean => PLANS[plan].ports !== null;

export const asksVersions = (plan: PlanName): boolean => PLANS[plan].versions;

/** As the contract has it: what the plan does not ask is left out. */
export const inputOf = ({ targets, plan, ports, scripts, now }: Order) => ({
  targets: targetsOf(targets),
  plan,
  ...(asksPorts(plan) && ports.trim() !== '' && { ports: ports.trim() }),
  ...(asksVersions(plan) && scripts !== '' && { scripts }),
  ...(now && { now }),
});
