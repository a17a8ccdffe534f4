import {
  AlpacaChatWrapper,
  ChatMLChatWrapper,
  chatWrappers,
  FalconChatWrapper,
  GeneralChatWrapper,
  JinjaTemplateChatWrapper,
  Llama2ChatWrapper,
  TemplateChatWrapper,
  type ChatWrapper,
} from 'node-llama-cpp'

/** A template as model files have it: each message between the marks of its role. */
function jinja(system: string, user: string, assistant: string, end: string): string {
  const roles = Object.entries({ system, user, assistant }).map(
    ([role, mark], index) =>
      `{% ${index === 0 ? 'if' : 'elif'} message['role'] == '${role}' %}${mark}`,
  )
  return `{% for message in messages %}${roles.join('')}{% endif %}{{ message['content'] }}${end}{% endfor %}{% if add_generation_prompt %}${assistant}{% endif %}`
}

/** Templates of common kinds of models, with what opens and ends a turn in them. */
export const templates = {
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
export const ordinary: readonly (readonly [string, () => ChatWrapper, readonly string[]])[] = [
  ['Llama2', () => new Llama2ChatWrapper(), ['[INST]', '[/INST]', '<<SYS>>', '<</SYS>>']],
  ['General', () => new GeneralChatWrapper(), ['### Human', '### Assistant']],
  ['Alpaca', () => new AlpacaChatWrapper(), ['### Instruction:', '### Response:']],
  ['Falcon', () => new FalconChatWrapper(), ['User:', 'Assistant:']],
  ['ChatML', () => new ChatMLChatWrapper(), ['<|im_start|>', '<|im_end|>']],
]

/** Every format that a model may have, with its marks where they are known here. */
export function formats(): readonly (readonly [string, ChatWrapper, readonly string[]])[] {
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

/** Marks of these formats and of others. */
export const everyMark = [
  ...ordinary.flatMap(([, , marks]) => marks),
  ...Object.values(templates).flatMap(({ marks }) => marks),
  ...['<s>', '</s>', '<|eot_id|>', '<|start_header_id|>', '<start_of_turn>', '<end_of_turn>'],
  ...['<|user|>', '<｜User｜>', '[TOOL_CALLS]', '<|channel|>', '<unk>', '<0x0A>'],
]
