import { type Change, formatDuration, type Json } from '../core/index.ts';
import { textIn } from './vigil.ts';
import type { WhyStep } from './why-asked.ts';
import type { Made } from './why-evidence.ts';
import { beginningOf, step } from './why-steps.ts';
import type { Wired } from './wire.ts';

/** Why a target cannot be seen, or can again: the cause, and what was checked. */
export async function vantageSteps(wired: Wired, { change, scan }: Made): Promise<readonly WhyStep[]> {
  if (change.kind === 'vantage.changed') return [modeStep(change), step('rule', MODE)];
  const from = scan.vantage?.iface ? ` from ${scan.vantage.iface}` : '';
  const { code, text } = causeIn(change.after?.['cause']);
  if (change.kind === 'vantage.blind')
    return [step('coverage', `the look${from} failed the check "${code}": ${text}`, { at: scan.finishedAt }), step('rule', BLIND)];
  const began = await beginningOf(wired, change, { kind: 'vantage.blind', by: 'target' });
  const length = began ? formatDuration(Math.max(0, Math.round((change.at - began.at) / 1000) * 1000)) : '';
  const blind = began
    ? step('belief', `it was blind for ${length}, since change ${began.seq}: ${causeIn(began.after?.['cause']).text}`, { at: began.at })
    : step('lost', 'since when it was blind is not kept any more');
  return [
    blind,
    step('coverage', `the look${from} passed every check before and after it`, { at: scan.finishedAt }),
    step('rule', RESTORED),
  ];
}

const BLIND = 'a look that fails says nothing of anybody: nobody leaves there until one succeeds, and that time does not count as silence';
const RESTORED = 'the first look that does not fail ends it; the silence of devices is counted anew from here';
const MODE = 'without raw packets no hardware address is seen: silence then says nothing of devices that are known by theirs';

function modeStep({ before, after }: Change): WhyStep {
  const mode = (value: Json | undefined): string => (value === true ? 'with raw packets' : 'without raw packets, by connections only');
  return step('coverage', `looked ${mode(before?.['privileged'])} the last time, and ${mode(after?.['privileged'])} this time`);
}

function causeIn(cause: Json | undefined): { readonly code: string; readonly text: string } {
  const known = typeof cause === 'object' && cause !== null && 'code' in cause ? cause : null;
  return { code: textIn(known?.['code']) || 'unknown', text: textIn(known?.['text']) || 'the cause is not known' };
}
