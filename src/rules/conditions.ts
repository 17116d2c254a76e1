import type { Reason, Rule } from '../core/index.ts';
import type { ClockFace } from './clock-face.ts';
import type { TimeWriter } from './moments.ts';
import type { Happening } from './terms.ts';

/** Why a rule keeps quiet. */
export interface Quiet {
  readonly reason: Reason;
  readonly text: string;
}

export interface Circumstances {
  readonly face: ClockFace;
  readonly time: TimeWriter;
}

type Condition = (rule: Rule, happening: Happening, circumstances: Circumstances) => Quiet | null;

/** The first condition of a rule that does not hold; null: all do. */
export function unmetCondition(rule: Rule, happening: Happening, circumstances: Circumstances): Quiet | null {
  for (const condition of CONDITIONS) {
    const quiet = condition(rule, happening, circumstances);
    if (quiet !== null) return quiet;
  }
  return null;
}

const enabled: Condition = (rule) => (rule.enabled ? null : { reason: 'disabled', text: 'the rule is disabled' });

const device: Condition = ({ where }, happening) => {
  const isOfDevice = happening.change.device !== null;
  if (where === null || (isOfDevice && happening.fits(where))) return null;
  const who = isOfDevice ? 'its device does not fit' : 'it is about no device';
  return { reason: 'device', text: `${who}: the rule asks for ${where}` };
};

const drift: Condition = (rule, happening) => {
  if (!rule.drift) return null;
  const { drifting } = happening; // it may not be known, and who does not ask need not mind
  if (drifting === true) return null;
  return { reason: 'approved', text: drifting === null ? 'nothing was approved that it could differ from' : 'it is as it was approved' };
};

const party: Condition = ({ who }, { about }) =>
  who.length === 0 || who.some((name) => about.includes(name)) ? null : { reason: 'party', text: `it is not about ${who.join(' or ')}` };

const home: Condition = ({ home: wanted }, happening) =>
  wanted.length === 0 || wanted.some((name) => happening.whereIs(name) === 'home')
    ? null
    : { reason: 'party', text: `${wanted.join(' or ')} would have to be home, and nobody is` };

/** Of whom nobody knows, is not home: better told once too often. */
const away: Condition = ({ away: wanted }, happening) => {
  const there = wanted.find((name) => happening.whereIs(name) === 'home');
  return there === undefined ? null : { reason: 'party', text: `${there} is home, and the rule is for when nobody is` };
};

const during: Condition = ({ during: windows }, { change }, { face, time }) => {
  if (windows.length === 0 || face.holdAt(windows, change.at) !== null) return null;
  return { reason: 'time', text: `${time(change.at)} is outside of ${windows.map(({ text }) => text).join(' and ')}` };
};

const CONDITIONS: readonly Condition[] = [enabled, device, drift, party, home, away, during];
