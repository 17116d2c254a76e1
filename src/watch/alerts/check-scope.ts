import type { Fault, Rule } from '../../core/index.ts';

/** Changes of no device: of a place, or of somebody. */
const OF_PLACES = /^(?:vantage|segment|storm|history)\./;
const OF_NO_DEVICE = /^(?:vantage|segment|storm|history|person|group)\./;

type Refuse = (key: string, reason: string, remedy: string) => Fault;
type Scope = Pick<Rule, 'on' | 'where' | 'who' | 'drift'>;

/** Fault bad-input for a part that nothing the rule asks for can fit. */
export function checkScope(refuse: Refuse, { on, where, who, drift }: Scope): void {
  const kinds = `${on.join(', ')} ${on.length === 1 ? 'is' : 'are'}`;
  const ofNoDevice = on.every((kind) => OF_NO_DEVICE.test(kind));
  const key = where === null ? 'drift' : 'where';
  if (ofNoDevice && (where !== null || drift))
    throw refuse(key, `${kinds} about no device, so nothing could ever fit`, 'leave it out; whom it is about is said by who');
  if (who.length > 0 && on.every((kind) => OF_PLACES.test(kind))) throw refuse('who', `${kinds} about nobody`, 'leave it out');
}
