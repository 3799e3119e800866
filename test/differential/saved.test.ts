import {describe, expect, test} from 'vitest';
import {differential, fixtures} from '../helpers/differential.js';
import {Netns} from '../helpers/netns.js';
import {binPath} from '../helpers/runTool.js';

const objects = ['addr', 'route', 'rule'] as const;
/** First four bytes of the files, for printf(1). */
const magic = {addr: '\\042\\022\\066\\107', route: '\\044\\022\\061\\105', rule: '\\206ipq'};

describe('files that cannot be written', () => {
  differential('no room at all', {
    setup: fixtures.net,
    steps: objects.flatMap(object => [`ip ${object} save >/dev/full`, `ip -j ${object} save >/dev/full`]),
  });
  differential('room for the first messages', {
    setup: [
      ...fixtures.net,
      'mkdir small; mount -t tmpfs -o size=4k none small',
      'for i in $(seq 99); do ip addr add 10.9.$i.1/24 dev eth1; ip rule add table $i; done',
    ],
    steps: objects.map(object => `ip ${object} save >small/f; echo $?; wc -c <small/f; rm small/f`),
    state: false,
  });
});

describe('files that are none', () => {
  for (const object of objects) {
    const verbs = object === 'rule' ? ['restore'] : ['restore', 'showdump'];
    const both = (file: string): string[] =>
      verbs.flatMap(verb => [`${file} >f; ip ${object} ${verb} <f`, `${file} | ip ${object} ${verb}`]);
    differential(object, {
      setup: fixtures.net,
      steps: [
        `ip ${object} restore </dev/null`,
        `echo garbage garbage | ip ${object} restore`,
        ...[
          "printf ''",
          "printf 'ab'",
          "printf 'abcde'",
          `printf '${magic[object]}'`,
          `printf '${magic[object]}abc'`,
          `(printf '${magic[object]}'; head -c 20 /dev/zero)`,
          `(printf '${magic[object]}\\377\\377\\0\\0'; head -c 20 /dev/zero)`,
          `(printf '${magic[object]}\\100\\0\\0\\0'; head -c 20 /dev/zero)`,
        ].flatMap(both),
      ],
    });
  }
});

describe('messages that are too short', () => {
  for (const [object, type] of [
    ['addr', '\\024'],
    ['route', '\\030'],
    ['rule', '\\040'],
  ] as const) {
    /** One message of `length` bytes and four bytes behind its header. */
    const file = (length: string): string =>
      `printf '${magic[object]}\\${length}\\0\\0\\0${type}\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\002\\0\\0\\0' >f`;
    differential(`${object}: cut off`, {steps: [`${file('025')}; ip ${object} restore <f`]});

    // The reference sends them on, or reads what is not there.
    test(`${object}: without all of its header`, async () => {
      using netns = await Netns.create();
      const script = `cd /run; ${file('024')}; '${process.execPath}' '${binPath('tsip')}' ${object} restore <f`;
      const {stdout, stderr, status} = netns.run(['sh', '-c', script]);
      expect([stdout, stderr]).toEqual([
        '',
        expect.stringMatching(/^Broken message: .* header of \d+ bytes, 4 left\n$/),
      ]);
      expect(status).toBe(object === 'route' ? 2 : 255);
    });
  }
});
