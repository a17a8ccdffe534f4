import { Alias, Document, Scalar, visit } from 'yaml'
import { variablesOf, type Template } from '../../../shared/domain/template/template.ts'
import { flagRows, isIncluded } from '../../../shared/domain/testRun/flagRows.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { literal, literalJson } from './nunjucksText.ts'
import { promptfooMessages } from './promptfooMessages.ts'
import { promptfooAsserts, promptfooNotes, SharedText } from './promptfooAsserts.ts'

/**
 * Exports a template and its rows as a configuration of promptfoo (promptfoo.dev, Configuration
 * reference): one chat prompt with variables, and assertions for each row. The provider is a local
 * server with OpenAI's protocol, such as llama.cpp's. Passages of the library aren't included. The
 * template and what each row expects are in `metadata`, from which `readPromptfoo` has them again.
 *
 * @param rows of which those are exported that a run would use.
 */
export function promptfooFile(template: Template, rows: readonly TestRow[]): string {
  const { temperature, seed, maxTokens } = template.decoding
  const asserts = promptfooAsserts(template.format)
  const flags = flagRows(rows, template)
  return asYaml(promptfooNotes(template.format), {
    description: literal(template.description || template.name),
    prompts: [{ label: template.name, raw: JSON.stringify(promptfooMessages(template), null, 2) }],
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
    defaultTest: { assert: asserts.ofFormat },
    tests: rows
      .filter((row) => isIncluded(row, flags.get(row.id)))
      .map((row) => ({
        vars: Object.fromEntries(variablesOf(template).map((name) => [name, valueOf(row, name)])),
        assert: asserts.ofRow(row),
        metadata: { id: row.id, expected: literalJson(row.expected), included: row.included },
      })),
    metadata: { penknife: literalJson(template) },
  })
}

/** Blank is empty: to Nunjucks, a space is a text. */
function valueOf({ values }: TestRow, name: string): string {
  const value = values[name] ?? ''
  return value.trim() === '' ? '' : literal(value)
}

/** Texts in quotes, since readers of YAML 1.1 take 2024-01-31, yes and 1_000 for something else. */
function asYaml(notes: readonly string[], config: unknown): string {
  const document = new Document(config, sharedTexts())
  if (notes.length > 0) document.commentBefore = notes.map((note) => ` ${note}`).join('\n')
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && node.value.includes('\n')) {
        node.type = Scalar.BLOCK_LITERAL
      }
    },
  })
  return document.toString({
    lineWidth: 0,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
  })
}

/** Writes each shared text where it comes first, and refers to it from then on. */
function sharedTexts(): (this: unknown, key: unknown, value: unknown) => unknown {
  const written = new Set<SharedText>()
  return (_, value) => {
    if (!(value instanceof SharedText)) return value
    if (written.has(value)) return new Alias(value.name)
    written.add(value)
    const scalar = new Scalar(value.text)
    scalar.anchor = value.name
    return scalar
  }
}
