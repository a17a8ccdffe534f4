// npm run bench [-- NAME [ARGUMENTS]]: one benchmark, or all, those with a file or folder as their
// argument on what the project has itself.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const benchmarks = {
  embedding: { usage: '[DIRECTORY]', about: 'embedding against a bare transformers.js loop' },
  import: { usage: '[DIRECTORY]', about: 'importing texts against that loop; the event loop' },
  search: { usage: '[PASSAGES]', about: 'times and memory in a library of 100,000 passages' },
  'text-search': { usage: '[DOCUMENTS]', about: 'documents found by words, of 10,000' },
  'change-embedder': { usage: '[PASSAGES]', about: 'searches while another embedder takes over' },
  start: { usage: '[DATA DIRECTORY]', about: 'first paint of the window' },
  'follow-up': { usage: '[FILE.gguf]', about: 'what is read after a follow-up has arrived' },
  llm: { usage: '[FILE.gguf]', about: 'reading and writing against bare node-llama-cpp' },
  download: { usage: '[GIBIBYTES]', about: 'a model file of more than 4 GiB, to the disk' },
  memory: { usage: '[FILE.gguf…]', about: 'memory that models take against the estimate' },
  templates: { usage: '[FILE.gguf]', about: 'rows of a template against a loop over bare prompts' },
  'test-bench': { usage: '[ROWS] [VERSIONS]', about: 'the Test tab with 100,000 results' },
  sequences: { usage: '[FILE.gguf]', about: 'rows on several sequences at a time against one' },
  'input-lookup': { usage: '[FILE.gguf]', about: 'writing with tokens guessed from the prompt' },
  'vector-index': { usage: 'BEIR_DIRECTORY…', about: 'what the vector index costs in nDCG@10' },
}
/** Benchmarks that need an argument: the project has no data for them. */
const needArgument = ['vector-index']

const [name, ...args] = process.argv.slice(2)
if (name === '--help' || name === '-h') {
  process.stdout.write(help())
} else if (name === undefined) {
  for (const one of Object.keys(benchmarks).filter((one) => !needArgument.includes(one))) run(one)
  process.stdout.write(`Not run without an argument: ${needArgument.join(', ')}.\n`)
} else if (Object.hasOwn(benchmarks, name)) {
  run(name)
} else {
  process.stderr.write(`There is no benchmark named ${name}.\n\n${help()}`)
  process.exit(2)
}

/** @param {string} one */
function run(one) {
  const file = path.resolve(import.meta.dirname, '../bench', `${one}.mjs`)
  const { status } = spawnSync(process.execPath, [file, ...args], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

function help() {
  const lines = Object.entries(benchmarks).map(
    ([one, { usage, about }]) => `  ${`${one} ${usage}`.padEnd(32)} ${about}\n`,
  )
  return `Usage: npm run bench [-- NAME [ARGUMENT]]\n\n${lines.join('')}`
}
