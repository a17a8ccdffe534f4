import { stringify } from 'yaml'
import { acceptedValues, readExpected } from '../../../shared/domain/template/expected.ts'
import { answerField } from '../../../shared/domain/template/judgedFields.ts'
import type { ItemType, OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import { renderTemplate } from '../../../shared/domain/template/renderTemplate.ts'
import {
  variablesOf,
  type Example,
  type Template,
} from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { chooseExamples, isStatic } from '../running/chooseExamples.ts'

/**
 * Exports a template and its rows as a configuration of promptfoo (promptfoo.dev, Configuration
 * reference): one chat prompt with variables, and assertions for each row. The provider is a local
 * server with OpenAI's protocol, such as llama.cpp's. Passages of the library aren't included.
 */
export function promptfooFile(template: Template, rows: readonly TestRow[]): string {
  const { temperature, seed, maxTokens } = template.decoding
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
      .filter(({ included }) => included !== false)
      .map((row) => ({
        vars: Object.fromEntries(
          variablesOf(template).map((name) => [name, row.values[name] ?? '']),
        ),
        assert: rowAsserts(template.format, row),
      })),
  }
  return stringify(config, { lineWidth: 0 })
}

/** Escapes a text: promptfoo renders every text as a Nunjucks template. */
function literal(text: string): string {
  return text.replaceAll(/\{[{%#]/gu, (sign) => `{{ "${sign}" }}`)
}

function messagesOf(template: Template): readonly { role: string; content: string }[] {
  // Placeholders without a value stay in the text, and are replaced by variables below.
  const { system, history, user } = renderTemplate({
    template: { ...template },
    examples: examplesIn(template),
    sources: [],
    values: {},
  })
  const names = variablesOf(template)
  const written = (text: string): string =>
    literal(text).replaceAll(/<([A-Z][A-Z0-9_]*)>/gu, (whole, name: string) =>
      names.includes(name) ? `{{ ${name} }}` : whole,
    )
  return [
    ...(system === '' ? [] : [{ role: 'system', content: written(system) }]),
    ...history.flatMap((turn) => [
      { role: 'user', content: literal(turn.user) },
      { role: 'assistant', content: literal(turn.assistant) },
    ]),
    { role: 'user', content: written(user) },
  ]
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
