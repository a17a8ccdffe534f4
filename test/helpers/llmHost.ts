import path from 'node:path'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import type { HostProcess, StartHost } from '../../src/main/processes/hostProcess.ts'
import { createHostLlm } from '../../src/main/llm/hostLlm.ts'
import type { ChooseItem, GenerateItem, Llm, LoadOptions, Prompt } from '../../src/main/llm/llm.ts'
import type { Patience } from '../../src/main/llm/patience.ts'

export const tinyModel = path.resolve('resources/models/penknife-tiny/penknife-tiny-q8_0.gguf')
export const tinyOptions: LoadOptions = {
  file: tinyModel,
  contextSize: null,
  threads: 1,
  gpu: false,
}

export interface TestLlm {
  readonly llm: Llm
  /** Output of the process itself. */
  readonly printed: () => string
  readonly logged: string[]
  readonly started: HostProcess[]
  /** Ends the running process as the system would. */
  readonly kill: (signal: NodeJS.Signals) => void
}

/** The language model's process from the build, with its own calibration file. */
export function createTestLlm(calibrationFile: string, patience?: Patience): TestLlm {
  const started: HostProcess[] = []
  const logged: string[] = []
  let printed = ''
  const fork = createForkedHosts(path.resolve('out/main'), (_, text) => (printed += text))
  const start: StartHost = (entry, options) => {
    const process = fork(entry, options)
    started.push(process)
    return process
  }
  const log = (message: string): void => void logged.push(message)
  return {
    llm: createHostLlm({ start, calibrationFile, patience, logger: { debug: log, warn: log } }),
    printed: () => printed,
    logged,
    started,
    kill(signal) {
      const pid = started.at(-1)?.pid
      if (pid === undefined) throw new Error('No process runs')
      process.kill(pid, signal)
    },
  }
}

export interface Generated {
  readonly text: string
  readonly items: readonly GenerateItem[]
  readonly done: Extract<GenerateItem, { type: 'done' }>
}

export async function collect(items: AsyncIterable<GenerateItem>): Promise<Generated> {
  const all: GenerateItem[] = []
  for await (const item of items) all.push(item)
  const done = all.at(-1)
  if (done?.type !== 'done') throw new Error('The stream did not end with `done`')
  const text = all.map((item) => (item.type === 'text' ? item.text : '')).join('')
  return { text, items: all, done }
}

export interface Chosen {
  readonly choices: readonly number[]
  readonly items: readonly ChooseItem[]
  readonly done: Extract<ChooseItem, { type: 'done' }>
}

export async function collectChoices(items: AsyncIterable<ChooseItem>): Promise<Chosen> {
  const all: ChooseItem[] = []
  for await (const item of items) all.push(item)
  const done = all.at(-1)
  if (done?.type !== 'done') throw new Error('The stream did not end with `done`')
  return {
    choices: all.flatMap((item) => (item.type === 'choice' ? [item.candidate] : [])),
    items: all,
    done,
  }
}

export const groundedSystem =
  'Answer the question using only the numbered sources. Cite the source after each sentence, like [1]. If the sources do not contain the answer, say: I could not find this in your documents.'
export const refusal = 'I could not find this in your documents.'

export interface Evidence {
  readonly title: string
  readonly text: string
}

/** A grounded question as the bundled model was trained on it. `key`: lines of key sentences. */
export function groundedPrompt(
  question: string,
  sources: readonly Evidence[],
  key: readonly string[],
  history: Prompt['history'] = [],
): Prompt {
  const numbered = sources.map(({ title, text }, index) => `[${index + 1}] ${title}\n${text}`)
  const user = [
    `Question: ${question}`,
    `Sources:\n${numbered.join('\n\n')}`,
    `Key sentences:\n${key.join('\n')}`,
    `Question: ${question}`,
  ].join('\n\n')
  return { system: groundedSystem, history, user }
}
