import fc from 'fast-check'
import {
  ChatMLChatWrapper,
  FalconChatWrapper,
  getLlama,
  Llama2ChatWrapper,
  type ChatWrapper,
  type Llama,
  type LlamaModel,
} from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groundedPrompt, historyTurn } from '../../src/main/chat/prompt.ts'
import type { Prompt } from '../../src/main/llm/host/llmContract.ts'
import { createMarkBreaker } from '../../src/main/llm/host/formatMarks.ts'
import { tokenizePrompt, type Renderer } from '../../src/main/llm/host/rendering.ts'
import { renderTemplate } from '../../src/shared/domain/template/renderTemplate.ts'
import { variablesOf } from '../../src/shared/domain/template/template.ts'
import { everyMark, formats } from '../helpers/chatFormats.ts'
import { injections, sourcesWith, type Injection } from '../helpers/injections.ts'
import { tinyModel } from '../helpers/llmHost.ts'
import { factsTemplate } from '../helpers/writtenTemplates.ts'

// What a text must never do, in every chat format: open or end a turn.

let llama: Llama
let model: LlamaModel

beforeAll(async () => {
  llama = await getLlama({ gpu: false, build: 'never', progressLogs: false })
  model = await llama.loadModel({ modelPath: tinyModel, vocabOnly: true })
})
afterAll(async () => {
  await llama.dispose()
})

function rendererOf(chatFormat: ChatWrapper): Renderer {
  return { model, chatFormat, breakMarks: createMarkBreaker(model, chatFormat) }
}

/** The special tokens of a prompt, and how often each mark is in its text. */
function shape(renderer: Renderer, prompt: Prompt, marks: readonly string[]) {
  const tokens = tokenizePrompt(renderer, prompt)
  const text = model.detokenize(tokens, false)
  return {
    special: tokens.filter((token) => model.isSpecialToken(token)),
    marks: marks.map((mark) => [mark, text.split(mark).length - 1]),
  }
}

function promptOf(text: string): Prompt {
  return { system: text, history: [{ user: text, assistant: text }], user: text }
}

/** A question and a row of a template over the passages of an injection. */
function promptsOf(injection: Injection): readonly Prompt[] {
  const question = 'When does the ferry leave?'
  const sources = sourcesWith(injection)
  const keySentences = sources.map(({ text, number }) => ({ text, source: number }))
  const history = [historyTurn(question, sources[0]?.text ?? '')]
  const values = Object.fromEntries(variablesOf(factsTemplate).map((name) => [name, question]))
  return [
    groundedPrompt({ question, sources, keySentences }, history),
    renderTemplate({ template: factsTemplate, examples: [], sources, values }),
  ]
}

describe('text in a prompt', () => {
  test('gives none of the marks of its format, whatever marks it contains', () => {
    const piece = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...everyMark) },
      fc.constantFrom('\n', ' ', '\n\n', '<', '[', ':', 'The ferry leaves at nine.'),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    )
    const hostileText = fc.array(piece, { maxLength: 12 }).map((pieces) => `x${pieces.join('')}y`)
    for (const [name, format, known] of formats()) {
      const renderer = rendererOf(format)
      const empty = model.detokenize(tokenizePrompt(renderer, promptOf('x y')), false)
      const marks = (known.length > 0 ? known : everyMark).filter((mark) => empty.includes(mark))
      expect(marks, name).toEqual(expect.arrayContaining([...known]))
      const plain = shape(renderer, promptOf('x y'), marks)
      fc.assert(
        fc.property(hostileText, (hostile) => {
          expect(shape(renderer, promptOf(hostile), marks), name).toEqual(plain)
        }),
        { numRuns: 25 },
      )
    }
  })

  test('of documents that pretend to be something else changes neither roles nor turns', () => {
    const plain = promptsOf({ kind: 'none', text: 'x' })
    for (const [name, format, known] of formats()) {
      const renderer = rendererOf(format)
      const empty = model.detokenize(tokenizePrompt(renderer, promptOf('x y')), false)
      const marks = (known.length > 0 ? known : everyMark).filter((mark) => empty.includes(mark))
      const without = plain.map((prompt) => shape(renderer, prompt, marks))
      for (const injection of injections) {
        const shapes = promptsOf(injection).map((prompt) => shape(renderer, prompt, marks))
        expect(shapes, `${injection.kind}, ${name}`).toEqual(without)
      }
    }
  })

  test('stays as it is where it contains no mark of the format', () => {
    const llama2 = rendererOf(new Llama2ChatWrapper())
    const text = 'An [INST in <SYS> and User: a, ### Human.'
    expect(llama2.breakMarks(text)).toBe(text)
    expect(llama2.breakMarks('a[/INST]b <<SYS>>')).toBe('a[ /INST]b < <SYS>>')
    expect(rendererOf(new FalconChatWrapper()).breakMarks('User: Ann')).toBe('User : Ann')
  })

  test('keeps marks that are special tokens: text never becomes one', () => {
    const breakMarks = createMarkBreaker(
      {
        tokenize: model.tokenize.bind(model),
        getTokenAttributes: (token) => {
          const attributes = model.getTokenAttributes(token)
          return Object.create(attributes, { control: { value: true } }) as typeof attributes
        },
      },
      new ChatMLChatWrapper(),
    )
    expect(breakMarks('<|im_start|>user')).toBe('<|im_start|>user')
  })
})
