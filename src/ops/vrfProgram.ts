/**
 * eBPF operations. Source: uapi linux/bpf_common.h and linux/bpf.h; Documentation/bpf/standardization/instruction-set.rst.
 */
const MOVE = 0xb7; // BPF_ALU64 | BPF_MOV | BPF_K
const STORE = 0x63; // BPF_STX | BPF_MEM | BPF_W
const EXIT = 0x95; // BPF_JMP | BPF_EXIT
/** Registers: what a program gives back, what it is called with (here a struct bpf_sock), and one of its own. */
const [R0, R1, R2] = [0, 1, 2];
/** Offset in struct bpf_sock. */
const BOUND_DEV_IF = 0;
const ALLOW = 1;
const SIZE = 8;

/** One instruction: operation, destination, source, offset, immediate. */
type Instruction = readonly [operation: number, dst: number, src: number, off: number, imm: number];

/** The program of a VRF: binds the socket that is being made to a device, and lets it be made. */
export function bindingProgram(index: number): Uint8Array {
  return assemble([
    [MOVE, R2, 0, 0, index],
    [STORE, R1, R2, BOUND_DEV_IF, 0],
    [MOVE, R0, 0, 0, ALLOW],
    [EXIT, 0, 0, 0, 0],
  ]);
}

/** Instructions as struct bpf_insn has them on a little-endian processor. */
function assemble(instructions: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(instructions.length * SIZE);
  const view = new DataView(bytes.buffer);
  instructions.forEach(([operation, dst, src, off, imm], i) => {
    view.setUint8(i * SIZE, operation);
    view.setUint8(i * SIZE + 1, dst | (src << 4));
    view.setInt16(i * SIZE + 2, off, true);
    view.setInt32(i * SIZE + 4, imm, true);
  });
  return bytes;
}
