import type { FollowUpJson, GuardInput, RollcallClient, ScanResultJson } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import type { Call } from '../command.ts';
import { faultsOf } from '../faults.ts';
import { followBegun } from '../follow-scan.ts';
import { counted } from '../printers/scan-text.ts';
import { sawSomething } from './saw-something.ts';

/** What the ports that opened serve, and those that were not asked for long. */
export interface Details {
  readonly due: FollowUpJson;
  /** null: nothing was due, or it was not to be asked. */
  readonly taken: ScanResultJson | null;
  readonly interrupted: boolean;
  /** Why what is due could not be asked; null: it could, or was not to be. */
  readonly trouble: string | null;
  /** The details in other programs' forms, by the ending of their file. */
  readonly files: ReadonlyMap<string, Blob>;
}

/** The exact commands of a follow-up, each on its line and quoted for a shell. */
export const commandLines = ({ shell }: FollowUpJson): readonly string[] => shell;

/** "3 ports that opened, 1 asked long ago"; empty when nothing is due. */
export function dueText({ opened, old }: FollowUpJson): string {
  return [
    ...(opened > 0 ? [`${counted(opened, 'port')} that opened`] : []),
    ...(old > 0 ? [`${counted(old, 'port')} asked long ago`] : []),
  ].join(', ');
}

/** The commands as a script to read before it is run. */
export function commandScript(due: FollowUpJson, subject: string): string {
  const about = `# ${dueText(due) || 'nothing is due'}, of ${subject.replaceAll(/[^ -~]/g, '?')}`;
  return ['#!/bin/sh', about, ...commandLines(due), ''].join('\n');
}

/** Where it is asked, from where, and whether also in quiet hours. */
export interface FollowUpOrder {
  readonly targets: string[];
  readonly guard?: GuardInput;
  readonly now?: true;
}

/** Finds what is due at these targets, and asks exactly that, if it is to be asked. */
export function takeDetails(order: FollowUpOrder, ask: boolean, call: Call): Promise<Details> {
  return call.withClient(async (client) => {
    const due = await client.followup.plan({ target: order.targets });
    const nothing = { due, taken: null, interrupted: false, trouble: null, files: new Map<string, Blob>() };
    if (!ask || due.lots.length === 0) return nothing;
    try {
      return { ...nothing, ...(await asked(client, { order, due }, call)) };
    } catch (thrown) {
      // What differs is told all the same.
      const [fault] = faultsOf(thrown) ?? [];
      if (fault === undefined) throw thrown;
      return { ...nothing, trouble: fault.message };
    }
  });
}

interface Due {
  readonly order: FollowUpOrder;
  readonly due: FollowUpJson;
}

async function asked(client: RollcallClient, { order, due }: Due, call: Call): Promise<Partial<Details>> {
  const begin = async (options: { signal: AbortSignal }): Promise<{ scan: { id: number } }> => {
    const { scan } = await client.followup.start(order, options);
    if (scan) return { scan };
    throw new Fault(
      'conflict',
      'following up: somebody else has just asked all that was due',
      'see what was found with "rollcall changes"',
    );
  };
  const { result, interrupted } = await followBegun({ client, call, subject: dueText(due), begin });
  if (result === null || !sawSomething(result.scan)) return { taken: result, interrupted };
  const files = new Map<string, Blob>();
  for (const [ending, as] of [
    ['xml', 'xml'],
    ['nmap', 'normal'],
    ['gnmap', 'grepable'],
  ] as const)
    files.set(ending, await client.scans.export({ id: result.scan.id, as }));
  return { taken: result, interrupted, files };
}
