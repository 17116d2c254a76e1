import { Option } from 'commander';
import { type Call, type CommandModule } from '../command.ts';
import { FORMATS, isNdiff } from '../diff/formats.ts';
import { type Order, orderOf } from '../diff/order.ts';
import { printComparison } from '../diff/print-comparison.ts';
import type { Side } from '../diff/side.ts';

const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

const EXPLANATION = `
TARGET@WHEN is a target and a moment: home@yesterday, 192.168.1.0/24@2026-03-01T03:00, nas.lan@2h, home@baseline;
@1d is everything a day ago. A file beats a scan or moment of its name (scan:31 means the scan), but one named now is ./now.

  rollcall diff monday.xml tuesday.xml
  rollcall diff @yesterday --format html > report.html
  rollcall diff baseline --ignore volatile --summary

Exit codes: 0 no differences (though some may be unknown), 1 differences, 2 failure.
With --format ndiff or ndiff-xml two files are compared as "rollcall ndiff" does.
JSON: {"a": {...}, "b": {...}, "devices": [...], "sum": {...}}`;

export const diffCommand: CommandModule = {
  define: (command) =>
    command
      .description('Say what differs between two files, scans or moments. What one side did not ask is unknown, never gone or new.')
      .argument('<a>', 'scan.xml or another file of nmap XML (- reads what is piped in), 31 (a scan), now, baseline, or TARGET@WHEN')
      .argument('[b]', 'the same; left out: now, of the same target')
      .addOption(new Option('--format <format>', 'how it is printed; --json is short for --format json').choices(FORMATS))
      .option(
        '--ignore <rule>',
        'leave out script:ID (with *), port:22, port:udp/161, certificate-days or volatile; repeat it for several',
        collect,
      )
      .option(
        '--covers <target>',
        'what was scanned, for files that do not say it: only what lies inside can be gone; repeat it for several',
        collect,
      )
      .option('--summary', 'only the sum, on one line')
      .addHelpText('after', EXPLANATION),

  async run(call) {
    const order = orderOf(call);
    const [a, b] = order.sides;
    if (a.kind === 'stored' && b.kind === 'stored') return compareStored([a.text, b.text], order, call);
    if (a.kind !== 'stored' && b.kind !== 'stored' && isNdiff(order.format)) return compareAsNdiff([a, b], order, call);
    return compareHere(order, call);
  },
};

/** Two moments of the store are compared where the store is. */
function compareStored([a, b]: readonly [string, string], order: Order, call: Call): Promise<number> {
  const question = { a, b, ...(order.ignore.length > 0 && { ignore: [...order.ignore] }) };
  return call.withClient(async (client) => printComparison(await client.diff.compare(question, { signal: call.unread }), order, call));
}

/** Where a file is a side, the other one comes here. */
async function compareHere({ sides, covers, rules, ...manner }: Order, call: Call): Promise<number> {
  const { withViews } = await import('../diff/open-views.ts');
  const { compareViews } = await import('../../diff/index.ts');
  return withViews(sides, { call, covers }, (a, b) => printComparison(compareViews(a, b, rules), manner, call));
}

async function compareAsNdiff(
  files: readonly Exclude<Side, { kind: 'stored' }>[],
  { format }: Order,
  { world, out }: Call,
): Promise<number> {
  const { runNdiff } = await import('../ndiff/run-ndiff.ts');
  const paths = files.map((file) => (file.kind === 'stdin' ? '/dev/stdin' : file.path));
  return runNdiff(
    [...(out.options.verbose ? ['-v'] : []), ...(format === 'ndiff-xml' ? ['--xml'] : []), '--', ...paths],
    'rollcall diff',
    world,
  );
}
