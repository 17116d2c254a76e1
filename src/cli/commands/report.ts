import { Option } from 'commander';
import { PLAN_NAMES, type PlanName } from '../../core/index.ts';
import { type CommandModule } from '../command.ts';
import { addReportOptions, type ReportOptions, readReportOptions } from '../report-options.ts';

interface Options extends ReportOptions {
  readonly plan: PlanName;
}

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
    addReportOptions(
      command
        .description('Scan a list of targets, say what differs from the time before, keep it and mail it. Needs no daemon.')
        .argument('[target...]', 'address, block (192.168.1.0/24), range (10.0.0.5-20) or host name')
        .addOption(new Option('--plan <plan>', 'how deep to look').choices(PLAN_NAMES).default('deep')),
    ).addHelpText('after', EXPLANATION),

  async run(call) {
    const options = call.options as Options;
    const manner = readReportOptions(options);
    const [{ targetsOf }, { runReport }] = await Promise.all([import('../reports/target-list.ts'), import('../reports/run-report.ts')]);
    const targets = await targetsOf({ file: options.file, typed: call.args }, call);
    return runReport({ ...manner, plan: options.plan, heading: 'Report', targets }, call);
  },
};
