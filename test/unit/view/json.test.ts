import {expect, test} from 'vitest';
import {JsonWriter} from '../../../src/view/json.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';

function written(pretty: boolean, use: (json: JsonWriter) => void): string {
  const memory = new MemoryOutput();
  const out = new Sink(memory);
  use(new JsonWriter(out, pretty));
  out.flush();
  return Buffer.from(memory.bytes()).toString('latin1');
}

function sample(json: JsonWriter): void {
  json.openArray();
  json.openObject();
  json.key('ifname');
  json.string('lo');
  json.key('flags');
  json.words(['UP', 'LOOPBACK']);
  json.openObject('linkinfo');
  json.key('mtu');
  json.uint(65536);
  json.closeObject();
  json.openArray('addr_info');
  json.openObject();
  json.key('a');
  json.null();
  json.closeObject();
  json.openObject();
  json.key('b');
  json.bool(true);
  json.key('c');
  json.int(-1);
  json.closeObject();
  json.closeArray();
  json.openArray('none');
  json.closeArray();
  json.closeObject();
  json.openObject();
  json.closeObject();
  json.closeArray();
  json.end();
}

test('on one line, as `ip -j`', () => {
  expect(written(false, sample)).toBe(
    '[{"ifname":"lo","flags":["UP","LOOPBACK"],"linkinfo":{"mtu":65536},"addr_info":[{"a":null},{"b":true,"c":-1}],"none":[]},{}]\n',
  );
});

test('indented, as `ip -j -p`', () => {
  expect(written(true, sample)).toBe(`[ {
        "ifname": "lo",
        "flags": [ "UP","LOOPBACK" ],
        "linkinfo": {
            "mtu": 65536
        },
        "addr_info": [ {
                "a": null
            },{
                "b": true,
                "c": -1
            } ],
        "none": [ ]
    },{} ]
`);
});

// Observed: ip link set v0 alias with these bytes, then ip -j link.
test('escapes', () => {
  expect(written(false, json => json.string('a"b\\c/d\te\u0001f\u007fg\u00e9h\udcffi\b\f\r\n&<>\'j'))).toBe(
    '"a\\"b\\\\c/d\\te\u0001f\u007fg\u00c3\u00a9h\u00ffi\\b\\f\\r\\n&<>\'j"',
  );
  const long = 'x'.repeat(5000);
  expect(written(false, json => json.string(long))).toBe(`"${long}"`);
});

test('the blank behind a bracket stands there before anything else is known', () => {
  expect(written(true, json => json.openArray())).toBe('[ ');
  expect(written(false, json => json.openArray())).toBe('[');
});
