#!/usr/bin/env node
// A command that is one of our programs runs at once, with its words untouched; oclif does help, version and the rest.
'use strict';
const {existsSync} = require('node:fs');

const dist = `${__dirname}/../dist`;
const {main, toolName} = require(`${dist}/main.cjs`);
const [command, ...argv] = process.argv.slice(2);
const linked = toolName(process.argv[1]);

if (linked !== undefined) {
  main(linked, process.argv.slice(2));
} else if (toolName(command ?? '') === command && existsSync(`${dist}/commands/${command}.cjs`)) {
  const Program = require(`${dist}/commands/${command}.cjs`).default;
  new Program(argv, {bin: 'tsnet'}).run();
} else {
  const args = command === 'help' ? [...argv, '--help'] : process.argv.slice(2);
  require('@oclif/core/execute').execute({args, dir: __dirname});
}
