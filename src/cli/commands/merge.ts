import { Option } from 'commander';
import type { ProposalJson, RollcallClient } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { shellWord } from '../as-typed.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { deviceLabel } from '../printers/change-text.ts';
import { printMembers, printProposals, proposalName } from '../printers/merge-text.ts';

interface Options {
  readonly accept?: string;
  readonly reject?: string;
}

export const mergeCommand: CommandModule = {
  define: (command) =>
    command
      .description('List devices that are probably one, or make several one. "rollcall split --undo" takes it back.')
      .argument('[devices...]', 'the one to go on as, and the others: ids, names, MACs or addresses')
      .addOption(new Option('--accept <ids>', 'merge as proposed: the ids in front of it, like 8+12').conflicts('reject'))
      .option('--reject <ids>', 'they are not the same: never propose it again')
      .addHelpText('after', '\nExit codes: 0 listed, merged or rejected, 2 no such device or proposal, or failure.'),

  run: (call) =>
    call.withClient(async (client) => {
      const { accept, reject } = call.options as Options;
      const chosen = accept ?? reject;
      if (chosen !== undefined && call.args.length > 0)
        throw new Fault('bad-input', 'reading the command line: devices beside a proposal', 'name either');
      if (accept !== undefined) return merge(call, client, idsOf(await proposed(client, accept)));
      if (reject !== undefined) return tellApart(call, client, idsOf(await proposed(client, reject)));
      return call.args.length === 0 ? list(call, client) : merge(call, client, call.args);
    }),
};

async function list({ out }: Call, client: RollcallClient): Promise<number> {
  const proposals = await client.merges.proposals();
  if (out.options.json) out.json(proposals);
  else if (proposals.length === 0) out.note('no two devices look like one');
  else {
    printProposals(out, proposals);
    out.note('merge with "rollcall merge --accept IDS", like 8+12; not the same: "rollcall merge --reject IDS"');
  }
  return EXIT.fine;
}

/** The proposal as it was shown: somebody else may have joined it since. */
async function proposed(client: RollcallClient, ids: string): Promise<ProposalJson> {
  const [keep, ...absorb] = ids.split('+').map((id) => id.replace(/^#/, ''));
  const found = (await client.merges.proposals()).find((proposal) => String(proposal.keep.id) === keep);
  const shown = JSON.stringify(ids.slice(0, 80));
  if (!found) throw new Fault('not-found', `finding proposal ${shown}: there is none`, 'list them with "rollcall merge"');
  const now = new Set(found.absorb.map(({ id }) => String(id)));
  if (now.symmetricDifference(new Set(absorb)).size === 0) return found;
  const members = [found.keep, ...found.absorb].map(deviceLabel).join(', ');
  throw new Fault(
    'refused',
    `finding proposal ${shown}: it is of ${members}`,
    `look at it with "rollcall merge"; if they are one, name all of them: ${proposalName(found)}`,
  );
}

const idsOf = ({ keep, absorb }: ProposalJson): string[] => [keep, ...absorb].map(({ id }) => String(id));

async function merge({ out }: Call, client: RollcallClient, [keep = '', ...absorb]: readonly string[]): Promise<number> {
  if (absorb.length === 0)
    throw new Fault(
      'bad-input',
      `merging into ${JSON.stringify(keep.slice(0, 80))}: no other device is named`,
      'name the devices that it also is',
    );
  const device = await client.merges.merge({ keep, absorb });
  if (out.options.json) out.json(device);
  else {
    out.line(`merged into ${deviceLabel(device)}`);
    printMembers(out, [device]);
    for (const part of new Set(absorb)) out.note(`take it back with "rollcall split ${device.id} --undo ${shellWord(part)}"`);
  }
  return EXIT.fine;
}

async function tellApart({ out }: Call, client: RollcallClient, devices: string[]): Promise<number> {
  const apart = await client.merges.distinct({ devices });
  if (out.options.json) out.json(apart);
  else out.line(`not the same: ${apart.map(deviceLabel).join(', ')}`);
  return EXIT.fine;
}
