import {encodeText} from '../addr/text.js';
import {errnoText} from '../errno.js';
import {refuse} from '../grammar/errors.js';
import {native} from '../native.js';
import {CLONE_NEWNET, MNT_DETACH, MS_BIND, MS_REC, namesIn, openNetns, type Warn} from '../rtnetlink/netns.js';

const CLONE_NEWNS = 0x20000;
const MS_SLAVE = 0x80000;
/** Files of a namespace that stand for those of /etc. Source: ip-netns(8). */
const ETC_FOLDER = '/etc/netns';

/**
 * Moves the main thread, and with it whatever program takes our place, into a named namespace: the network, and mounts of
 * its own where /sys is that of the network and the namespace's files lie over those of /etc.
 * @throws {UsageError} status 255, at the first step that fails
 */
export function enterNetns(name: string, warn: Warn): void {
  const sys = native();
  const fd = openNetns(name);
  if (fd < 0) throw refuse(`Cannot open network namespace "${name}": ${errnoText(-fd)}`);
  const entered = sys.setns(fd, CLONE_NEWNET);
  sys.close(fd);
  step(entered, `setting the network namespace "${name}" failed`);
  step(sys.unshare(CLONE_NEWNS), 'unshare failed');
  step(sys.mount('', '/', 'none', MS_SLAVE | MS_REC, null), '"mount --make-rslave /" failed');
  // A /sys that cannot be taken away is covered.
  sys.umount('/sys', MNT_DETACH);
  step(sys.mount(encodeText(name), '/sys', 'sysfs', 0, null), 'mount of /sys failed');
  bindEtc(name, warn);
}

function step(result: number, text: string): void {
  if (result < 0) throw refuse(`${text}: ${errnoText(-result)}`);
}

function bindEtc(name: string, warn: Warn): void {
  const folder = `${ETC_FOLDER}/${name}`;
  const files = namesIn(folder);
  if (typeof files === 'number') return;
  for (const file of files) {
    const [source, target] = [`${folder}/${file}`, `/etc/${file}`];
    const bound = native().mount(encodeText(source), encodeText(target), 'none', MS_BIND, null);
    if (bound < 0) warn(`Bind ${source} -> ${target} failed: ${errnoText(-bound)}`);
  }
}
