import fc from 'fast-check'
import {
  AlpacaChatWrapper,
  ChatMLChatWrapper,
  chatWrappers,
  FalconChatWrapper,
  GeneralChatWrapper,
  getLlama,
  JinjaTemplateChatWrapper,
  Llama2ChatWrapper,
  TemplateChatWrapper,
  type ChatWrapper,
  type Llama,
  type LlamaModel,
} from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Prompt } from '../../src/main/llm/host/llmContract.ts'
import { createMarkBreaker } from '../../src/main/llm/host/formatMarks.ts'
import { tokenizePrompt, type Renderer } from '../../src/main/llm/host/rendering.ts'
import { tinyModel } from '../helpers/llmHost.ts'

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

/** A template as model files have it: each message between the marks of its role. */
function jinja(system: string, user: string, assistant: string, end: string): string {
  const roles = Object.entries({ system, user, assistant }).map(
    ([role, mark], index) =>
      `{% ${index === 0 ? 'if' : 'elif'} message['role'] == '${role}' %}${mark}`,
  )
  return `{% for message in messages %}${roles.join('')}{% endif %}{{ message['content'] }}${end}{% endfor %}{% if add_generation_prompt %}${assistant}{% endif %}`
}

/** Templates of common kinds of models, with what opens and ends a turn in them. */
const templates = {
  vicuna: { text: jinja('', ' USER: ', ' ASSISTANT: ', ''), marks: ['USER:', 'ASSISTANT:'] },
  zephyr: {
    text: jinja('<|system|>\n', '<|user|>\n', '<|assistant|>\n', '\n'),
    marks: ['<|system|>', '<|user|>', '<|assistant|>'],
  },
  alpaca: {
    text: jinja('', '### Instruction:\n', '### Response:\n', '\n\n'),
    marks: ['### Instruction:', '### Response:'],
  },
  openchat: {
    text: jinja('', 'GPT4 Correct User: ', 'GPT4 Correct Assistant: ', '<|end_of_turn|>'),
    marks: ['GPT4 Correct User:', 'GPT4 Correct Assistant:', '<|end_of_turn|>'],
  },
  llama2: {
    text: "{% for message in messages %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + message['content'] + ' [/INST]' }}{% elif message['role'] == 'system' %}{{ '<<SYS>>\\n' + message['content'] + '\\n<</SYS>>\\n\\n' }}{% elif message['role'] == 'assistant' %}{{ ' ' + message['content'] + ' ' + eos_token }}{% endif %}{% endfor %}",
    marks: ['[INST]', '[/INST]'],
  },
}

/** Formats of node-llama-cpp whose marks are ordinary text, at least to this tokenizer. */
const ordinary: readonly (readonly [string, () => ChatWrapper, readonly string[]])[] = [
  ['Llama2', () => new Llama2ChatWrapper(), ['[INST]', '[/INST]', '<<SYS>>', '<</SYS>>']],
  ['General', () => new GeneralChatWrapper(), ['### Human', '### Assistant']],
  ['Alpaca', () => new AlpacaChatWrapper(), ['### Instruction:', '### Response:']],
  ['Falcon', () => new FalconChatWrapper(), ['User:', 'Assistant:']],
  ['ChatML', () => new ChatMLChatWrapper(), ['<|im_start|>', '<|im_end|>']],
]

/** Every format that a model may have, with its marks where they are known here. */
function formats(): readonly (readonly [string, ChatWrapper, readonly string[]])[] {
  const all = Object.entries(chatWrappers).flatMap(([name, Wrapper]) => {
    if (Wrapper === TemplateChatWrapper || Wrapper === JinjaTemplateChatWrapper) return []
    const create = Wrapper as new () => ChatWrapper
    return [[`node-llama-cpp’s ${name}`, new create(), []] as const]
  })
  const made = ordinary.map(([name, create, marks]) => [name, create(), marks] as const)
  const own = Object.entries(templates).map(
    ([name, { text, marks }]) =>
      [`template ${name}`, new JinjaTemplateChatWrapper({ template: text }), marks] as const,
  )
  return [...all, ...made, ...own]
}

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

const everyMark = [
  ...ordinary.flatMap(([, , marks]) => marks),
  ...Object.values(templates).flatMap(({ marks }) => marks),
  ...['<s>', '</s>', '<|eot_id|>', '<|start_header_id|>', '<start_of_turn>', '<end_of_turn>'],
  ...['<|user|>', '<｜User｜>', '[TOOL_CALLS]', '<|channel|>', '<unk>', '<0x0A>'],
]

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
