import { Fault, type Instant, type Millis, orFault, parseDuration } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { wholeFilter } from '../filter-words.ts';
import { coversText, spanText } from '../printers/mute-text.ts';
import { readMoment } from '../terminal/moment.ts';
import { untilOf, wordOf } from '../who-and-when.ts';

interface Options {
  readonly rule?: string;
  readonly on?: readonly string[];
  readonly filter?: string;
  readonly for?: string;
  readonly from?: string;
  readonly until?: string;
  readonly maintenance?: boolean;
  readonly why?: string;
}

const listed = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(',').map((part) => part.trim()),
];

const EXPLANATION = `
  rollcall mute --rule new-device --for 2h --why "setting up the lab"
  rollcall mute --on 'device.*' --filter group:iot --until 2026-12-24 --why "firmware of the bulbs"
  rollcall mute --maintenance --filter ip:10.0.5.0/24 --from 2026-12-01T22:00 --until 2026-12-02T02:00 --why "new switch"

All that is said must fit; "rollcall devices --help" has the words of --filter. A mute is never told, but each change keeps its
verdict ("rollcall why SEQ"); what falls into maintenance is told as a digest when it ends. End it with "rollcall unmute ID".
Exit codes: 0 muted, 2 failure.`;

export const muteCommand: CommandModule = {
  define: (command) =>
    command
      .description('Keep something silent for a while, with the reason.')
      .option('--rule <name>', 'what this rule tells')
      .option('--on <kinds>', 'changes of these kinds: device.left,port.* (several by comma, or repeated)', listed)
      .option('--filter <words>', 'devices that all these words fit')
      .option('--for <length>', 'for so long, like 2h')
      .option('--until <time>', 'to that moment: a day (to its end), or 2026-12-24T18:00')
      .option('--from <time>', 'from that moment on; left out: from now on')
      .option('--maintenance', 'hold it back until the end, in place of never telling it')
      .option('--why <text>', 'the reason; needed')
      .addHelpText('after', EXPLANATION),

  async run(call: Call) {
    const { out, world, withClient } = call;
    const order = orderOf(call.options, world.now());
    const why = (call.options as Options).why;
    const made = await withClient((client) => client.mutes.add({ ...order, ...wordOf(world, why) }));
    if (out.options.json) out.json(made);
    else out.line(`${made.kind} ${made.id}: ${coversText(made)}, ${spanText(made)}`);
    return EXIT.fine;
  },
};

function orderOf({ rule, on, filter, why, maintenance = false, ...span }: Options, now: Instant) {
  if (why === undefined || why.trim() === '')
    throw new Fault(
      'bad-input',
      'reading the command line: there is no reason',
      'say why with --why; whoever looks for the silence will thank you',
    );
  return {
    kind: maintenance ? ('maintenance' as const) : ('mute' as const),
    ...(rule !== undefined && { rule }),
    ...(on && { kinds: [...on] }),
    ...(filter !== undefined && { where: wholeFilter(filter, '--filter') }),
    ...spanOf(span, now),
  };
}

interface Span {
  readonly for?: string;
  readonly from?: string;
  readonly until?: string;
}

function spanOf({ for: length, from, until }: Span, now: Instant): { from?: string; until?: string } {
  if (length !== undefined && until !== undefined)
    throw new Fault('bad-input', 'reading the command line: --for beside --until', 'say either how long, or until when');
  const begins = from === undefined ? now : beginOf(from, now);
  return {
    ...(from !== undefined && { from: new Date(begins).toISOString() }),
    ...(length !== undefined && { until: new Date(begins + lengthOf(length)).toISOString() }),
    ...(until !== undefined && untilOf(until, now)),
  };
}

/** A length is counted from now on. */
function beginOf(text: string, now: Instant): Instant {
  const length = parseDuration(text);
  return length === undefined ? orFault(readMoment(text, '--from', now)) : now + length;
}

function lengthOf(text: string): Millis {
  const length = parseDuration(text);
  if (length !== undefined && length > 0 && length <= LONGEST) return length;
  throw new Fault(
    'bad-input',
    `reading --for ${JSON.stringify(text.slice(0, 60))}: it is not a length of time`,
    'write one like 30m, 2h or 3d',
  );
}

/** Ten years: whoever means longer leaves the end out. */
const LONGEST: Millis = 3650 * 86_400_000;
