import {Args, Command} from '@oclif/core';

const scripts = {
  bash: `_tsiproute2() {
  local IFS=$'\\n'
  COMPREPLY=($(tsnet complete "\${COMP_WORDS[@]:0:COMP_CWORD+1}"))
}
complete -o default -F _tsiproute2 tsip tsnet`,
  zsh: `_tsiproute2() {
  compadd -- \${(f)"$(tsnet complete "\${(@)words[1,CURRENT]}")"}
}
compdef _tsiproute2 tsip tsnet`,
  fish: `complete -c tsip -f -a '(tsnet complete (commandline -opc) (commandline -ct))'
complete -c tsnet -f -a '(tsnet complete (commandline -opc) (commandline -ct))'`,
};

/** `tsnet completion SHELL`: a script that asks the grammars for words. */
export default class Completion extends Command {
  static override summary = 'Print a completion script';
  static override examples = ['source <(<%= config.bin %> completion bash)'];
  static override args = {shell: Args.string({required: true, options: Object.keys(scripts)})};

  async run(): Promise<void> {
    const {args} = await this.parse(Completion);
    this.log(scripts[args.shell as keyof typeof scripts]);
  }
}
