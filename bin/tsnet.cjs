#!/usr/bin/env node
// A command that is one of our programs runs at once, with its words untouched; oclif does help, version and the rest.
'use strict';
const {run, toolName} = require('./tsip.cjs');

// Reached through a link named as a tool: it runs already.
if (run !== undefined) {
  const [command, ...argv] = process.argv.slice(2);
  if (command !== undefined && toolName(command) === command) {
    const {NetCommand} = require('../dist/command.cjs');
    NetCommand.program = run;
    const Program = require(`../dist/commands/${command}.cjs`).default;
    new Program(argv, {bin: 'tsnet'}).run();
  } else {
    const args = command === 'help' ? [...argv, '--help'] : process.argv.slice(2);
    require('@oclif/core/execute').execute({args, dir: __dirname});
  }
}
