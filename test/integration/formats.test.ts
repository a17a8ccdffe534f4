import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { getLlama, type Llama, type LlamaGrammar } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import { grammarOf } from '../../src/shared/domain/template/grammar.ts'
import { renderTemplate } from '../../src/shared/domain/template/renderTemplate.ts'
import {
  enabledExamples,
  template,
  type Template,
} from '../../src/shared/domain/template/template.ts'
import { writeValue } from '../../src/shared/domain/template/writeValue.ts'
import { formatAndValue } from '../helpers/formatArbitraries.ts'
import { matchesGrammar } from '../helpers/gbnf.ts'
import { collect, createTestLlm, tinyOptions, type TestLlm } from '../helpers/llmHost.ts'

// The formats of templates against llama.cpp itself, and the templates that ship with the app
// against the bundled model.

let directory: string
let tiny: TestLlm
let llama: Llama
let starters: readonly (readonly [string, Template])[]

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'penknife-formats-'))
  tiny = createTestLlm(path.join(directory, 'calibration.json'))
  await tiny.llm.load(tinyOptions, () => undefined)
  llama = await getLlama({ gpu: false, build: 'never', progressLogs: false })
  const files = await readdir('resources/templates')
  starters = await Promise.all(
    files.map(async (name) => {
      const text = await readFile(path.join('resources/templates', name), 'utf8')
      return [name, template.parse(JSON.parse(text))] as const
    }),
  )
})

afterAll(async () => {
  await tiny.llm.dispose()
  await llama.dispose()
  await rm(directory, { recursive: true, force: true })
})

/** Whether llama.cpp accepts the whole text. Its package has no public function for it. */
function taken(grammar: LlamaGrammar, text: string): boolean {
  return (grammar as unknown as { _testText(text: string): boolean })._testText(text)
}

describe('grammars in llama.cpp', () => {
  test('accept what is written, and refuse what our test matcher refuses', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      insert: fc.constantFrom(...['', ' ', '"', ', ', '}', '0', 'a', '\n', '\\', 'é', '😀']),
    })
    await fc.assert(
      fc.asyncProperty(formatAndValue, change, async ([format, value], { at, insert }) => {
        const text = grammarOf(format) ?? ''
        const grammar = await llama.createGrammar({ grammar: text })
        const written = writeValue(format, value)
        expect(taken(grammar, written)).toBe(true)
        const from = Math.floor(at * written.length)
        // Half a surrogate pair has no UTF-8; it becomes the replacement character.
        const changed = Buffer.from(
          written.slice(0, from) + insert + written.slice(from + 1),
        ).toString()
        if (changed !== '') expect(taken(grammar, changed)).toBe(matchesGrammar(text, changed))
      }),
      { numRuns: 150 },
    )
  })

  test('constrain the model: whatever the input, the answer is in the format', async () => {
    for (const [name, made] of starters) {
      const grammar = grammarOf(made.format)
      if (grammar === null) continue
      for (const input of ['The soup was cold, but they smiled.', '}{ "x" \\', '']) {
        const { system, history, user } = renderTemplate({
          template: made,
          examples: enabledExamples(made),
          sources: [],
          values: { INPUT: input },
        })
        const { text, done } = await collect(
          tiny.llm.generate(
            { system, history, user },
            { maxTokens: made.decoding.maxTokens, temperature: 0, grammar },
          ),
        )
        const check = checkReply(made.format, text)
        const [problem] = check.problems
        // Text has no bound but the tokens of the answer.
        if (done.stop === 'length' && !check.inDomain) expect(problem?.code, name).toBe('cut-off')
        else expect(check, `${name}: ${text}`).toMatchObject({ inDomain: true, repairs: [] })
      }
    }
  })
})

describe('the templates that ship with the app', () => {
  test('fit into the context of the bundled model with room for an input', async () => {
    expect(starters).toHaveLength(5)
    for (const [name, made] of starters) {
      const { system, history, user } = renderTemplate({
        template: made,
        examples: enabledExamples(made),
        sources: [],
        values: { INPUT: '' },
      })
      const { tokens } = await tiny.llm.render({ system, history, user })
      expect(tokens + made.decoding.maxTokens + 250, name).toBeLessThanOrEqual(1_024)
    }
  })
})
