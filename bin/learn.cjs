// Keeps the code caches of bin/tsip.cjs: a file of its own, for most runs have nothing to learn.
'use strict';
const {accessSync, constants, mkdirSync, renameSync, writeFileSync} = require('node:fs');

/** Writes what a run that went well has compiled, where dist/ may be written. */
module.exports = (caches, learning, lessonsInAll) => {
  try {
    mkdirSync(caches, {recursive: true});
    accessSync(caches, constants.W_OK);
    for (const {name, id, script, lessons, size} of learning) {
      const file = `${caches}${name}.${process.pid}`;
      const data = script.createCachedData();
      const step = data.length > size * 1.02 ? 1 : lessonsInAll / 3;
      const tail = Buffer.from(`${String.fromCharCode(lessons + step)}${id}`, 'latin1');
      writeFileSync(file, Buffer.concat([data, tail]));
      renameSync(file, caches + name);
    }
  } catch {}
};
