import type { Arrived } from './stand.ts';

/** What hangs together with a message, of others: found in the plainest way, without what the program itself says of that. */
export function causeOf(message: Arrived, others: readonly Arrived[]): Arrived[] {
  const found = [message];
  for (let grows = true; grows; ) {
    const next = others.find((other) => !found.includes(other) && found.some((one) => haveOneCause(one, other)));
    if (next) found.push(next);
    grows = next !== undefined;
  }
  return found;
}

function haveOneCause(one: Arrived, other: Arrived): boolean {
  if (isTrouble(one) || isTrouble(other)) return true;
  return tiesOf(one).some((tie) => tiesOf(other).includes(tie));
}

export const isTrouble = ({ row }: Arrived): boolean =>
  row.lines.some(({ kind }) => /^(vantage|segment|storm)\./.test(kind) || kind === 'address.conflict' || kind === 'gateway.changed');

const tiesOf = ({ row }: Arrived): string[] => [
  ...(row.rules ?? [row.rule ?? '']).filter((rule) => rule !== ''),
  ...row.lines.flatMap(({ at, device, place }) => [`at ${at}`, `about ${device?.id ?? place}`]),
];
