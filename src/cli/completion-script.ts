/** A command and its options, as completions know them. */
export interface CompletionWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly string[];
  /** What may stand right behind it; empty: whatever it is about. */
  readonly words: readonly string[];
}

/** A script for each shell; made of our own words only. */
export const SHELLS = { bash, zsh, fish } as const;

export function completionScript(shell: keyof typeof SHELLS, commands: readonly CompletionWords[]): string {
  return SHELLS[shell](commands);
}

const hasWords = ({ words }: CompletionWords): boolean => words.length > 0;

const names = (commands: readonly CompletionWords[]): string => commands.map(({ name }) => name).join(' ');

function bash(commands: readonly CompletionWords[]): string {
  const cases = commands.map(
    ({ name, options, words }) => `    ${name}) words="${options.join(' ')}"${words.length > 0 ? ` second="${words.join(' ')}"` : ''} ;;`,
  );
  return `_rollcall() {
  local words second word="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="${names(commands)} help"
  case "$word:$COMP_CWORD:$second" in
    -*:*:* | *:1:*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *:2:?*) COMPREPLY=($(compgen -W "$second" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -F _rollcall rollcall
`;
}

function zsh(commands: readonly CompletionWords[]): string {
  const described = commands.map(({ name, summary }) => `    '${name}:${summary.replaceAll("'", "'\\''").replaceAll(':', '\\:')}'`);
  const cases = commands.map(({ name, options }) => `    ${name}) compadd -- ${options.join(' ')} ;;`);
  const seconds = commands.filter(hasWords).map(({ name, words }) => `      ${name}) compadd -- ${words.join(' ')}; return ;;`);
  return `#compdef rollcall
_rollcall() {
  local -a commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  if (( CURRENT == 3 )) && [[ "$PREFIX" != -* ]]; then
    case "$words[2]" in
${seconds.join('\n')}
    esac
  fi
  [[ "$PREFIX" == -* ]] || { _files; return; }
  case "$words[2]" in
${cases.join('\n')}
  esac
}
compdef _rollcall rollcall
`;
}

function fish(commands: readonly CompletionWords[]): string {
  const lines = commands.flatMap(({ name, summary, options, words }) => [
    `complete -c rollcall -n __fish_use_subcommand -f -a ${name} -d '${summary.replaceAll("'", "\\'")}'`,
    ...(words.length === 0
      ? []
      : [
          `complete -c rollcall -n '__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${words.join(' ')}' -f -a '${words.join(' ')}'`,
        ]),
    ...options.map((option) => `complete -c rollcall -n '__fish_seen_subcommand_from ${name}' -l ${option.replace(/^--/, '')}`),
  ]);
  return `${lines.join('\n')}\n`;
}
