// The memory that models need, estimated and measured in the process that has loaded them, once a
// prompt has been read and an answer written. The system can drop pages of a mapped file, so these
// are counted separately where that is possible (Linux).
//
//   node bench/memory.mjs [FILE.gguf…]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureBuilt } from '../scripts/ensureBuilt.mjs'
import { importBuilt, loadAverage, report } from './harness.mjs'
import { childrenOf, memoryOf } from './processes.mjs'

const modules = [
  'src/main/processes/forkedHost.ts',
  'src/main/llm/hostLlm.ts',
  'src/main/llm/gguf/modelFacts.ts',
]
const bundled = 'resources/models/penknife-tiny/penknife-tiny-q8_0.gguf'
const filler = 'Employees who joined before the spring receive five more days in the second year. '
const mib = 1024 ** 2

ensureBuilt()
/**
 * @typedef {typeof import('../src/main/processes/forkedHost.ts') &
 *   typeof import('../src/main/llm/hostLlm.ts') &
 *   typeof import('../src/main/llm/gguf/modelFacts.ts')} Built
 */
const { createForkedHosts, createHostLlm, inspectModel } = /** @type {Built} */ (
  await importBuilt(modules)
)
const given = process.argv.slice(2)
for (const file of given.length === 0 ? [bundled] : given) await measure(path.resolve(file))

/** @param {string} file */
async function measure(file) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  const start = createForkedHosts(path.resolve('out/main'))
  const llm = createHostLlm({ start, calibrationFile: path.join(directory, 'calibration.json') })
  try {
    const { quantisation, sizeBytes, fits } = await inspectModel(file)
    const threads = os.availableParallelism()
    const began = performance.now()
    await llm.load({ file, contextSize: null, threads, gpu: false }, () => undefined)
    const loadMs = performance.now() - began
    const [pid] = childrenOf(process.pid)
    if (pid === undefined) throw new Error('The model’s process cannot be found here.')
    await answer(llm)
    const needed = fits.memoryBytes / mib
    const seen = memoryOf(pid)
    await report('memory', [
      ['model', `${path.basename(file)}, ${quantisation}, ${(sizeBytes / mib).toFixed(0)} MiB`],
      ['loading, s; load average', `${(loadMs / 1000).toFixed(1)}; ${loadAverage()}`],
      ['estimated, seen, MiB', `${needed.toFixed(0)}, ${seen}${split(pid)}`],
      ['estimated ÷ seen', (needed / seen).toFixed(2)],
    ])
  } finally {
    await llm.dispose()
    rmSync(directory, { recursive: true })
  }
}

/**
 * Like a question with its passages: some 600 tokens to read, and a few to write.
 *
 * @param {import('../src/main/llm/llm.ts').Llm} llm
 */
async function answer(llm) {
  const prompt = { system: '', history: [], user: filler.repeat(40) }
  for await (const item of llm.generate(prompt, { maxTokens: 8, temperature: 0 })) {
    if (item.type === 'done') return
  }
}

/** @param {number} pid */
function split(pid) {
  const status = `/proc/${pid}/status`
  if (process.platform !== 'linux') return ''
  const kib = /RssFile:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]
  return `, of them mapped ${Math.round(Number(kib) / 1024)}`
}
