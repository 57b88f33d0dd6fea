/** The scripts that make a shell ask `holdpoint __complete`; see `complete.ts` for what is said between them. */

export const shells = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof shells)[number];

/** How a shell is made to read its script, for help and documentation. */
export const setUp: Readonly<Record<Shell, string>> = {
  bash: 'eval "$(holdpoint completion bash)" in ~/.bashrc',
  zsh: 'eval "$(holdpoint completion zsh)" in ~/.zshrc, after compinit',
  fish: "holdpoint completion fish > ~/.config/fish/completions/holdpoint.fish",
  powershell: "holdpoint completion powershell | Out-String | Invoke-Expression in $PROFILE",
};

// Works in bash 3.2, which macOS has: no mapfile, no compopt there.
const bash = `# bash completion for holdpoint
_holdpoint() {
  local line=$COMP_LINE part last answer="" besides="" value rest at
  local -a words
  words=()
  COMPREPLY=()
  # bash also splits at "=" and ":". What has no space before it belongs to the word before.
  for ((at = 0; at <= COMP_CWORD; at++)); do
    part=\${COMP_WORDS[at]}
    if ((at == 0)) || [[ $line == [[:space:]]* ]]; then
      line=\${line#"\${line%%[![:space:]]*}"}
      words+=("$part")
    else
      words[\${#words[@]} - 1]+=$part
    fi
    line=\${line#"$part"}
  done
  # What bash itself holds for the word before the cursor; an answer replaces only that.
  [[ $part == [=:] ]] && part=""
  last=\${words[\${#words[@]} - 1]}
  local before=\${last%"$part"}
  answer=$("\${words[0]/#\\~/$HOME}" __complete "$((\${#words[@]} - 1))" "\${words[@]:1}" 2>/dev/null) || return 0
  while IFS=$'\\t' read -r value rest; do
    case $value in
      :*) besides=$value ;;
      *) COMPREPLY+=("\${value#"$before"}") ;;
    esac
  done <<<"$answer"
  case $besides in
    :files) at=-f ;;
    :dirs) at=-d ;;
    *) return 0 ;;
  esac
  compopt -o filenames 2>/dev/null
  while IFS= read -r value; do
    [[ -n $value ]] && COMPREPLY+=("$value")
  done <<<"$(compgen "$at" -- "$part")"
}
complete -F _holdpoint holdpoint
`;

const zsh = `#compdef holdpoint
_holdpoint() {
  local line besides
  local -a described
  for line in "\${(@f)$("\${(Q)words[1]}" __complete $((CURRENT - 1)) "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :*) besides=$line ;;
      *) described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  (( $#described )) && _describe holdpoint described
  case $besides in
    :files) compset -P '*='; _files ;;
    :dirs) compset -P '*='; _files -/ ;;
  esac
}
if [ "\${funcstack[1]}" = "_holdpoint" ]; then
  _holdpoint
else
  compdef _holdpoint holdpoint
fi
`;

const fish = `# fish completion for holdpoint
function __holdpoint_complete
    set -l current (commandline -ct)
    set -l words (commandline -opc) "$current"
    set -l answer ($words[1] __complete (math (count $words) - 1) $words[2..-1] 2>/dev/null)
    set -l option (string match -r '^--[\\w-]+=' -- "$current"; or echo)
    set -l typed (string replace -- "$option" '' "$current")
    for line in $answer
        switch $line
            case ':files'
                __fish_complete_path "$typed" | string replace -r '^' -- "$option"
            case ':dirs'
                __fish_complete_directories "$typed" | string replace -r '^' -- "$option"
            case ':*'
            case '*'
                printf '%s\\n' $line
        end
    end
end
complete -c holdpoint -f -a '(__holdpoint_complete)'
`;

const powershell = `# PowerShell completion for holdpoint
Register-ArgumentCompleter -Native -CommandName 'holdpoint' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text.Trim("'", '"') })
    $count = $words.Count + [int]($wordToComplete -eq '')
    & $commandAst.CommandElements[0].Extent.Text __complete $count @words 2>$null | ForEach-Object {
        $value, $note = $_ -split "\`t", 2
        if ($value -in ':files', ':dirs') {
            $path = $wordToComplete -replace '^--[\\w-]+=', ''
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($path) |
                Where-Object { $value -eq ':files' -or $_.ResultType -eq 'ProviderContainer' }
        } elseif (-not $value.StartsWith(':')) {
            if (-not $note) { $note = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $note)
        }
    }
}
`;

export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };
