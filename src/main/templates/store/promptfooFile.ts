import { stringify } from 'yaml'
import { acceptedValues, readExpected } from '../../../shared/domain/template/expected.ts'
import { answerField } from '../../../shared/domain/template/judgedFields.ts'
import type { ItemType, OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import { parseText, type TextNode } from '../../../shared/domain/template/parseText.ts'
import { renderWith, type PromptPart } from '../../../shared/domain/template/renderTemplate.ts'
import {
  variablesOf,
  type Example,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { flagRows, isIncluded } from '../../../shared/domain/testRun/flagRows.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { chooseExamples, isStatic } from '../running/chooseExamples.ts'

/**
 * Exports a template and its rows as a configuration of promptfoo (promptfoo.dev, Configuration
 * reference): one chat prompt with variables, and assertions for each row. The provider is a local
 * server with OpenAI's protocol, such as llama.cpp's. Passages of the library aren't included.
 */
export function promptfooFile(template: Template, rows: readonly TestRow[]): string {
  const { temperature, seed, maxTokens } = template.decoding
  const flags = flagRows(rows, template)
  const config = {
    description: literal(template.description || template.name),
    prompts: [{ label: template.name, raw: JSON.stringify(messagesOf(template), null, 2) }],
    providers: [
      {
        id: 'openai:chat:local',
        config: {
          apiBaseUrl: 'http://127.0.0.1:8080/v1',
          apiKey: 'none',
          temperature,
          seed,
          max_tokens: maxTokens,
        },
      },
    ],
    defaultTest: { assert: formatAsserts(template.format) },
    tests: rows
      .filter((row) => isIncluded(row, flags.get(row.id)))
      .map((row) => ({
        vars: Object.fromEntries(variablesOf(template).map((name) => [name, valueOf(row, name)])),
        assert: rowAsserts(template.format, row),
      })),
  }
  // In quotes: other readers of YAML take 2024-01-31 for a date and no for false.
  return stringify(config, {
    lineWidth: 0,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
  })
}

/** Blank is empty: to Nunjucks, a space is a text. */
function valueOf({ values }: TestRow, name: string): string {
  const value = values[name] ?? ''
  return value.trim() === '' ? '' : literal(value)
}

/**
 * Escapes a text: promptfoo renders every text as a Nunjucks template. A brace at the end may have a
 * variable behind it.
 */
function literal(text: string): string {
  return text.replaceAll(/\{(?:[{%#]|$)/gu, (sign) => `{{ "${sign}" }}`)
}

function messagesOf(template: Template): readonly Message[] {
  const { parts } = renderWith({ template, examples: examplesIn(template), sources: [] }, (text) =>
    asNunjucks(parseText(text).nodes, template),
  )
  const messages: Message[] = []
  for (const { kind, message: role, text } of parts) {
    const content = kind === 'instruction' || kind === 'input' ? text : literal(text)
    const last = messages.at(-1)
    if (last?.role === role) messages.splice(-1, 1, { role, content: last.content + content })
    else messages.push({ role, content })
  }
  return messages
}

interface Message {
  readonly role: PromptPart['message']
  readonly content: string
}

/** Placeholders become variables, and sections conditions. */
function asNunjucks(nodes: readonly TextNode[], template: Template): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return literal(node.text)
        case 'placeholder':
          return `{{ ${node.name}${defaultOf(template, node.name)} }}`
        case 'section':
          return `{% if ${node.name}${defaultOf(template, node.name)} %}${asNunjucks(node.nodes, template)}{% endif %}`
      }
    })
    .join('')
}

/** `true`: an empty text has the default as well. */
function defaultOf({ optional }: Template, name: string): string {
  const text = optional[name] ?? ''
  return text === '' ? '' : ` | default(${JSON.stringify(text)}, true)`
}

/**
 * The examples to export. A choice per row can't be expressed, so all examples are exported then.
 */
function examplesIn(template: Template): readonly Example[] {
  const { choice } = template
  return chooseExamples(template, isStatic(choice) ? choice : { kind: 'all' })
}

type Assert = Readonly<Record<string, unknown>>

function formatAsserts(format: OutputFormat): readonly Assert[] {
  switch (format.kind) {
    case 'text':
      return []
    case 'label':
      return [
        {
          type: 'javascript',
          metric: 'in domain',
          value: literal(`${JSON.stringify(format.labels)}.includes(String(output).trim())`),
        },
      ]
    case 'json':
      return [{ type: 'is-json', metric: 'in domain', value: schemaOf(format) }]
  }
}

function rowAsserts(format: OutputFormat, { expected: raw }: TestRow): readonly Assert[] {
  const expected = raw === null ? null : readExpected(format, raw).expected
  return [...(expected ?? [])].map(([name, wanted]): Assert => {
    const isWhole = format.kind !== 'json'
    if (isWhole && name === answerField) {
      if (wanted.kind === 'value') return { type: 'equals', value: literal(String(wanted.value)) }
      const texts = wanted.kind === 'accepted' ? wanted.texts : []
      const [only] = texts
      if (texts.length === 1 && only !== undefined) return { type: 'equals', value: literal(only) }
      return javascript(name, `${JSON.stringify(texts)}.includes(String(output).trim())`)
    }
    const held = `(typeof output === 'string' ? JSON.parse(output) : output)[${JSON.stringify(name)}]`
    switch (wanted.kind) {
      case 'absent':
        return javascript(name, `${held} === undefined`)
      case 'accepted':
      case 'values':
        return javascript(name, `${JSON.stringify(acceptedValues(wanted))}.includes(${held})`)
      case 'value':
        return Array.isArray(wanted.value)
          ? javascript(name, sameItems(held, wanted.value))
          : javascript(name, `${held} === ${JSON.stringify(wanted.value)}`)
    }
  })
}

/** An assertion that two lists have the same items, equally often, in any order. */
function sameItems(held: string, wanted: readonly unknown[]): string {
  const sorted = wanted.map((item) => JSON.stringify(item)).sort()
  return `JSON.stringify(${held}.map((item) => JSON.stringify(item)).sort()) === ${JSON.stringify(JSON.stringify(sorted))}`
}

function javascript(metric: string, value: string): Assert {
  return { type: 'javascript', metric, value: literal(value) }
}

function schemaOf({ fields }: Extract<OutputFormat, { kind: 'json' }>): Assert {
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(({ name, type }) => [
        name,
        type.kind === 'list' ? { type: 'array', items: itemSchema(type.item) } : itemSchema(type),
      ]),
    ),
    required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
    additionalProperties: false,
  }
}

function itemSchema(type: ItemType): Assert {
  switch (type.kind) {
    case 'text':
      return { type: 'string' }
    case 'number':
      return { type: type.integer ? 'integer' : 'number' }
    case 'boolean':
      return { type: 'boolean' }
    case 'label':
      return { type: 'string', enum: type.labels }
  }
}
