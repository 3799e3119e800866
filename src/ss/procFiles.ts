import type {Io} from '../io.js';

/** Files of /proc with variables of their own: PROC_NET_TCP names another file than PROC_ROOT/net/tcp. */
export type ProcFile =
  | 'tcp'
  | 'tcp6'
  | 'udp'
  | 'udp6'
  | 'raw'
  | 'raw6'
  | 'unix'
  | 'packet'
  | 'netlink'
  | 'mptcp'
  | 'dccp'
  | 'sctp';

type Environment = Io['env'];

/** Where /proc is: PROC_ROOT says so. */
export function procRoot(env: Environment): string {
  return env.PROC_ROOT ?? '/proc';
}

/** Path of a file that is read in place of sock_diag. */
export function procFile(env: Environment, name: ProcFile): string {
  return env[variableOf(name)] ?? `${procRoot(env)}/net/${name}`;
}

/** Whether the environment wants a file of /proc and not sock_diag. */
export function wantsProc(env: Environment, name: ProcFile): boolean {
  return env[variableOf(name)] !== undefined || env.PROC_ROOT !== undefined;
}

function variableOf(name: ProcFile): string {
  return `PROC_NET_${name.toUpperCase()}`;
}

/** File of the local ports that the kernel hands out itself. */
export function portRangeFile(env: Environment): string {
  return env.PROC_IP_LOCAL_PORT_RANGE ?? `${procRoot(env)}/sys/net/ipv4/ip_local_port_range`;
}
