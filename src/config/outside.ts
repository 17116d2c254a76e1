import { type JsonObject, type OptionFault, type Result } from '../core/index.ts';
import type { Complaint } from './complaints.ts';
import { type AlertConfig, DEFAULTS } from './config.ts';
import type { LineOf, Path } from './lines.ts';
import type { FileContent } from './schema/file.ts';

/** What only other rooms know of a file. What is left out is not checked. */
export interface ConfigChecks {
  /** Filter words, as the `where` of a rule. */
  readonly filter?: (text: string) => Result<unknown>;
  /** Everything wrong with a channel; `around`: where channels may go, and where we listen ourselves. */
  readonly channel?: (kind: string, options: JsonObject, around: ChannelSurroundings) => readonly OptionFault[];
}

export interface ChannelSurroundings extends Pick<AlertConfig, 'reach'> {
  /** Port of [http]; 0: not known yet. */
  readonly ownPort: number;
}

/** What others find wrong with a file that is sound in itself. */
export const askOthers = (content: FileContent, checks: ConfigChecks, lineOf: LineOf): readonly Complaint[] => [
  ...badFilters('rule', content, { checks, lineOf }),
  ...badFilters('maintenance', content, { checks, lineOf }),
  ...badChannels(content, { checks, lineOf }),
];

interface Around {
  readonly checks: ConfigChecks;
  readonly lineOf: LineOf;
}

function badFilters(list: 'rule' | 'maintenance', content: FileContent, { checks: { filter }, lineOf }: Around): Complaint[] {
  return (content[list] ?? []).flatMap(({ where }, index): Complaint[] => {
    const read = typeof where === 'string' ? filter?.(where) : undefined;
    if (!read || read.ok) return [];
    const path = [list, index, 'where'];
    // The lines below the first point at the bad word: here the file and its line do that.
    const [reason = ''] = read.reason.replace(/^reading filter: /, '').split('\n');
    return [{ path, line: lineOf(path), reason, remedy: read.remedy }];
  });
}

function badChannels({ channel = [], alerts, http }: FileContent, { checks, lineOf }: Around): Complaint[] {
  const around = { reach: alerts?.reach ?? DEFAULTS.alerts.reach, ownPort: http?.port ?? DEFAULTS.http.port };
  return channel.flatMap(({ kind, options }, index): Complaint[] =>
    (checks.channel?.(kind, options, around) ?? []).map(({ key, reason, remedy }) => {
      const path: Path = ['channel', index, key ?? 'kind'];
      return { path, line: lineOf(path), reason, remedy };
    }),
  );
}
