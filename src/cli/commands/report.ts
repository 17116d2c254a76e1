import { Option } from 'commander';
import { Fault, orFault, PLAN_NAMES, type PlanName } from '../../core/index.ts';
import { type CommandModule } from '../command.ts';

interface Options {
  readonly file?: string;
  readonly output?: string;
  readonly email?: readonly string[];
  readonly attach?: boolean;
  readonly plan: PlanName;
  readonly ports?: string;
  readonly iface?: string;
  readonly guard?: readonly string[];
  readonly ignore?: readonly string[];
  readonly keep?: string;
  readonly ndiff?: boolean;
}

/** Values of an option that may be repeated. */
export const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

const EXPLANATION = `
  rollcall report -f ips.txt --email ops@example.org -o /var/reports
  15 3 * * *  rollcall report -f /etc/ips.txt --email ops@example.org -o /var/reports --quiet >/dev/null

The folder keeps each scan as nmap XML (nmap-TIME.xml) and its report as text, HTML and JSON (report-TIME.*), times in UTC. Only
a whole scan is compared with; a failed one is reported as that. Mails that nobody took wait in its outbox/ for the next run.
Mail leaves by [mail] of the config file, ROLLCALL_MAIL_URL, or this machine's sendmail.

Exit codes: 0 no differences, or the first report; 1 differences; 2 the scan failed or was partial without a difference, a mail
was not taken, or wrong usage; 130 Ctrl-C (nothing is reported).
JSON: {"report": {...}, "scan": {...}, "hosts": [...], "comparison": {...} or null}`;

export const reportCommand: CommandModule = {
  define: (command) =>
    command
      .description('Scan a list of targets, say what differs from the time before, keep it and mail it. Needs no daemon.')
      .argument('[target...]', 'address, block (192.168.1.0/24), range (10.0.0.5-20) or host name')
      .option('-f, --file <file>', 'a list of targets, as nmap -iL takes one; - reads what is piped in')
      .option('-o, --output <folder>', 'where scans and reports are kept; a folder of its own for each list')
      .option('--email <address>', 'mail it there; repeat it for several', collect)
      .option('--attach', 'attach the JSON to the mail')
      .addOption(new Option('--plan <plan>', 'how deep to look').choices(PLAN_NAMES).default('deep'))
      .option('--ports <ports>', 'which TCP ports: 22,80-90, or "top 100", or all')
      .option('--iface <name>', 'interface to look from; usually found by route')
      .option('--guard <what>', 'scan only where gateway=MAC or public=ADDRESS holds; repeat it for several', collect)
      .option('--ignore <rule>', 'leave out what "rollcall diff --ignore" does; repeat it for several', collect)
      .option('--keep <count>', 'remove the oldest scans and their reports, but for so many')
      .option('--ndiff', 'write the differences as Ndiff tells them, too (report-TIME.ndiff)')
      .addHelpText('after', EXPLANATION),

  async run(call) {
    const { file, output, email = [], attach = false, guard = [], ignore = [], ndiff = false, ...rest } = call.options as Options;
    if (output === undefined)
      throw new Fault('bad-input', 'reading the command line: it names no folder', 'write -o FOLDER, where scans and reports are kept');
    const [{ targetsOf }, { runReport }, { parseIgnore }] = await Promise.all([
      import('../reports/target-list.ts'),
      import('../reports/run-report.ts'),
      import('../../diff/index.ts'),
    ]);
    const rules = orFault(parseIgnore(ignore));
    const targets = await targetsOf({ file, typed: call.args }, call);
    const manner = { plan: rest.plan, ports: rest.ports, iface: rest.iface, keep: countOf(rest.keep), attach, ndiff, guard, rules };
    return runReport({ ...manner, heading: 'Report', folder: output, targets, receivers: email }, call);
  },
};

/** How many scans --keep keeps; null: all. */
export function countOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Fault(
    'bad-input',
    `reading --keep ${JSON.stringify(text.slice(0, 40))}: it is not a count`,
    'write how many scans to keep, like 90',
  );
}
