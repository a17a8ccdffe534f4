import { readFile } from 'node:fs/promises'
import os from 'node:os'

/** Where Linux lists what its processors can do. */
const cpuInfo = '/proc/cpuinfo'
/** Instruction sets that llama.cpp has ways of its own for. */
const known = /^(?:avx.*|fma|f16c|bmi2|amx.*|sse4_2|asimd.*|sve.*|sme.*|i8mm|bf16|fphp)$/u

let described: Promise<string> | undefined

/**
 * The processor of this machine: its model, the cores that this process may use and, on Linux, its
 * instruction sets. In virtual machines the model alone does not tell them; elsewhere it does.
 */
export function describeProcessor(): Promise<string> {
  described ??= describe()
  return described
}

async function describe(): Promise<string> {
  const model = `${os.cpus()[0]?.model ?? ''} × ${String(os.availableParallelism())}`
  const sets = process.platform === 'linux' ? instructionSets(await readFile(cpuInfo, 'utf8')) : []
  return [model, ...sets].join(' ')
}

/** Those of `known` in the words of `/proc/cpuinfo`, sorted. */
export function instructionSets(text: string): readonly string[] {
  const [, flags = ''] = /^(?:flags|Features)\s*:(.*)$/mu.exec(text) ?? []
  return flags
    .split(' ')
    .filter((flag) => known.test(flag))
    .sort()
}
