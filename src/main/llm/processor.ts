import { readFile } from 'node:fs/promises'
import os from 'node:os'

/** Linux's list of processors and their features. */
const cpuInfo = '/proc/cpuinfo'
/** Instruction sets that llama.cpp has separate code for. */
const known = /^(?:avx.*|fma|f16c|bmi2|amx.*|sse4_2|asimd.*|sve.*|sme.*|i8mm|bf16|fphp)$/u

let described: Promise<string> | undefined

/**
 * The computer's processor: its model, the cores that this process may use and, on Linux, its
 * instruction sets. In virtual machines the model name doesn't determine those.
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

/** The instruction sets in the text of `/proc/cpuinfo` that match `known`, sorted. */
export function instructionSets(text: string): readonly string[] {
  const [, flags = ''] = /^(?:flags|Features)\s*:(.*)$/mu.exec(text) ?? []
  return flags
    .split(' ')
    .filter((flag) => known.test(flag))
    .sort()
}
