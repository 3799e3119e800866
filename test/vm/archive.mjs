// The "new ASCII" cpio format. Source: Linux Documentation/driver-api/early-userspace/buffer-format.rst.

const DIRECTORY = 0o040755;
const PROGRAM = 0o100755;

function padded(buffer) {
  return Buffer.concat([buffer, Buffer.alloc(-buffer.length & 3)]);
}

function entry(name, mode, data, inode) {
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length + 1, 0];
  const header = `070701${fields.map(value => value.toString(16).padStart(8, '0')).join('')}${name}\0`;
  return Buffer.concat([padded(Buffer.from(header, 'latin1')), padded(data)]);
}

/** An archive of files, all executable, and of folders, which have no data. */
export function archive(files) {
  const parts = files.map(({name, data}, i) =>
    entry(name, data === undefined ? DIRECTORY : PROGRAM, data ?? Buffer.alloc(0), i + 1),
  );
  return Buffer.concat([...parts, entry('TRAILER!!!', 0, Buffer.alloc(0), 0)]);
}
