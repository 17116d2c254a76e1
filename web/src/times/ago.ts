const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

export interface Units {
  readonly second: string;
  readonly minute: string;
  readonly hour: string;
  readonly day: string;
}

/** A length of time in the two largest units that say something: "3 h 20 min", "12 d". `ms` below a second is "0 s". */
export function lengthOf(ms: number, unit: Units): string {
  const whole = Math.max(0, ms);
  if (whole < MINUTE) return `${Math.floor(whole / SECOND)} ${unit.second}`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} ${unit.minute}`;
  if (whole < DAY) return pair([Math.floor(whole / HOUR), unit.hour], [Math.floor((whole % HOUR) / MINUTE), unit.minute]);
  const days = Math.floor(whole / DAY);
  return days >= 7 ? `${days} ${unit.day}` : pair([days, unit.day], [Math.floor((whole % DAY) / HOUR), unit.hour]);
}

type Part = readonly [count: number, unit: string];

const pair = ([many, large]: Part, [few, small]: Part): string => (few === 0 ? `${many} ${large}` : `${many} ${large} ${few} ${small}`);
