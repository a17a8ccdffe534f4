import { createParserHandlers } from '../../src/main/parsing/host/parserHandlers.ts'
import { parserContract } from '../../src/main/parsing/host/parserContract.ts'
import { embedderContract } from '../../src/main/embedding/host/embedderContract.ts'
import { llmContract, type LlmContract } from '../../src/main/llm/host/llmContract.ts'
import type { HostEntry, StartHost } from '../../src/main/processes/hostProcess.ts'
import type { Handlers } from '../../src/shared/rpc/contract.ts'
import { serve } from '../../src/shared/rpc/server.ts'
import type { Transport } from '../../src/shared/rpc/transport.ts'
import { terms } from '../../src/shared/domain/language/terms.ts'
import { createFakeHost } from './fakeHost.ts'
import type { FakeLlm } from './fakeLlm.ts'

export interface MemoryHostsOptions {
  readonly llm: FakeLlm
  /** The context size in tokens. */
  readonly contextSize: number
  /** The name in a model file. */
  readonly nameOf: (file: string) => string
}

/**
 * The helper processes in memory: a fake language model, an embedder that counts words, and the
 * app's own parser, which measures in words.
 */
export function createMemoryHosts(options: MemoryHostsOptions): StartHost {
  let pid = 0
  const programs: Readonly<Record<HostEntry, (transport: Transport) => void>> = {
    'llm.host': (transport) => serve(llmContract, llmHandlers(options), transport),
    'embedder.host': (transport) => serve(embedderContract, embedderHandlers(), transport),
    'parser.host': (transport) => serve(parserContract, parserHandlers(), transport),
  }
  return (entry) => createFakeHost((pid += 1), programs[entry])
}

function llmHandlers({ llm, contextSize, nameOf }: MemoryHostsOptions): Handlers<LlmContract> {
  const running = new Map<string, AbortController>()
  async function* stoppable<Item>(
    call: string,
    work: (signal: AbortSignal) => AsyncIterable<Item>,
  ): AsyncGenerator<Item> {
    const stopping = new AbortController()
    running.set(call, stopping)
    try {
      yield* work(stopping.signal)
    } finally {
      running.delete(call)
    }
  }
  const threads = { prefill: 2, generation: 2 }
  const unmeasured = { reading: null, measured: [], attention: [] }
  const about = { architecture: 'llama', contextSize, contextWanted: contextSize, gpu: false }
  return {
    llm: {
      async *load({ file }) {
        await llm.load({ file, contextSize: null, threads: 1, gpu: false }, () => undefined)
        yield { stage: 'loading', fraction: 1 }
        yield { stage: 'ready', name: nameOf(file), ...about, threads, ...unmeasured }
      },
      async unload() {
        await llm.unload()
      },
      countTokens: ({ texts }) => llm.countTokens(texts),
      render: ({ prompt }) => llm.render(prompt),
      async warmUp({ prompt }) {
        await llm.warmUp(prompt)
      },
      generate: ({ call, prompt, options }) =>
        stoppable(call, (signal) => llm.generate(prompt, options, signal)),
      choose: ({ call, prompt, candidates, options }) =>
        stoppable(call, (signal) => llm.choose(prompt, candidates, options, signal)),
      stop({ call }) {
        running.get(call)?.abort()
      },
      progress: () => () => undefined,
      log: () => () => undefined,
    },
  }
}

function embedderHandlers(): Handlers<typeof embedderContract> {
  let dimensions = 0
  return {
    embedder: {
      load({ profile }) {
        dimensions = profile.dimensions
        return { dimensions }
      },
      embed({ texts }) {
        const vectors = new Float32Array(texts.length * dimensions)
        texts.forEach((text, index) =>
          vectors.set(wordVector(text, dimensions), index * dimensions),
        )
        return { vectors, missing: [], milliseconds: 1 }
      },
    },
  }
}

/** Counts each word in the dimension of its hash; the length is 1. */
function wordVector(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions)
  for (const word of terms(text)) {
    let at = 7
    for (const letter of word) at = (at * 31 + (letter.codePointAt(0) ?? 0)) % dimensions
    vector[at] = (vector[at] ?? 0) + 1
  }
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((count) => count / length)
}

function parserHandlers(): Handlers<typeof parserContract> {
  return createParserHandlers({
    createCounter: () => Promise.resolve((text) => text.split(/\s+/u).length),
    guard: () => undefined,
  })
}
