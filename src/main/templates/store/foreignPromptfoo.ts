import { parse } from 'yaml'
import type { z } from 'zod'
import { isRecord } from '../../../shared/domain/isRecord.ts'
import { listed } from '../../../shared/domain/listed.ts'
import { longest } from '../../../shared/domain/limits.ts'
import { plural } from '../../../shared/domain/localFormat.ts'
import { formatOfJsonSchema } from '../../../shared/domain/template/jsonSchema.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import { cutAt } from '../../../shared/domain/shortened.ts'
import { template, type Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { AppError } from '../../../shared/errors.ts'
import { describeIssue } from './describeIssue.ts'
import { readForeignPrompt } from './foreignPrompt.ts'
import { isFile, listIn, readForeignTests, schemaAssertions } from './foreignTests.ts'

type Config = Readonly<Record<string, unknown>>

/** Names of a configuration that are read, or said in a sentence of their own. */
const known = ['$schema', 'description', 'prompts', 'providers', 'targets', 'tests', 'defaultTest']

/**
 * Makes a template and rows of a configuration that promptfoo wrote or a person did: the first prompt, and
 * the tests.
 *
 * @throws AppError `invalid-input` if no prompt is in the file itself.
 */
export function importForeign(
  name: string,
  config: Config,
): {
  readonly template: Template
  readonly rows: readonly TestRow[]
  readonly notes: readonly string[]
} {
  const prompts = [config.prompts].flat().map(promptIn)
  const chosen = prompts.find((prompt) => prompt !== null)
  if (chosen == null) {
    throw new AppError(
      'invalid-input',
      `${name} has its prompts in other files. Write one of them under “prompts” in ${name} itself, and import it again.`,
    )
  }
  const { notes: promptNotes, ...prompt } = readForeignPrompt(chosen.text)
  const tests = readForeignTests(listIn(config.tests), config.defaultTest)
  const schema = schemaIn(config)
  const format: OutputFormat = schema.format ?? {
    kind: 'text',
    ...(tests.measure === null ? {} : { measure: tests.measure }),
  }
  return {
    template: asTemplate(name, {
      name: nameOf(config, chosen.label ?? name),
      ...prompt,
      format,
      decoding: decodingIn(config),
    }),
    rows: tests.rows,
    notes: [...promptNotes, ...schema.notes, ...tests.notes, ...leftOut(config, prompts.length)],
  }
}

/** @throws AppError `invalid-input` if a text is longer than a template's. */
function asTemplate(name: string, made: z.input<typeof template>): Template {
  const parsed = template.safeParse(made)
  if (parsed.success) return parsed.data
  const why = parsed.error.issues.map(describeIssue).join('; ')
  throw new AppError('invalid-input', `${name} can’t be a template of Penknife: ${why}.`)
}

function promptIn(
  prompt: unknown,
): { readonly text: string; readonly label: string | null } | null {
  const { raw, label } = isRecord(prompt) ? prompt : { raw: prompt, label: undefined }
  if (
    typeof raw !== 'string' ||
    isFile(raw) ||
    /^\S+\.(?:txt|json|ya?ml|md|c?js|mjs|ts|py|csv)$/u.test(raw.trim())
  )
    return null
  return { text: raw, label: typeof label === 'string' && label.trim() !== '' ? label : null }
}

function nameOf({ description }: Config, otherwise: string): string {
  const text =
    typeof description === 'string' && description.trim() !== '' ? description : otherwise
  return cutAt(text.trim(), longest.name)
}

/** The format that a schema of `is-json` describes. */
function schemaIn({ defaultTest, tests }: Config): {
  readonly format: OutputFormat | null
  readonly notes: readonly string[]
} {
  const asserts = [defaultTest, ...listIn(tests)].flatMap((test) =>
    isRecord(test) ? listIn(test.assert) : [],
  )
  const found = asserts.filter(isRecord).filter(({ type }) => schemaAssertions.has(String(type)))
  const [first] = found.flatMap(({ value }) => value ?? [])
  if (first === undefined) {
    return {
      format: null,
      notes:
        found.length === 0
          ? []
          : [
              'That answers are JSON is not taken over, as no schema says of what kind. Choose fields as the format.',
            ],
    }
  }
  const { format, notes } = formatOfJsonSchema(typeof first === 'string' ? parse(first) : first)
  return {
    format,
    notes: notes.map(({ field, message }) => (field === null ? message : `${field}: ${message}`)),
  }
}

/** What of the first provider's settings a template has as well. */
function decodingIn({ providers }: Config): Readonly<Record<string, unknown>> {
  const [first] = listIn(providers)
  const config = isRecord(first) && isRecord(first.config) ? first.config : {}
  const { decoding } = template.unwrap().shape
  const found = {
    temperature: config.temperature,
    seed: config.seed,
    maxTokens: config.max_tokens,
    topP: config.top_p,
  }
  return Object.fromEntries(
    Object.entries(found).filter(
      ([name, value]) => value !== undefined && decoding.safeParse({ [name]: value }).success,
    ),
  )
}

function leftOut(config: Config, prompts: number): readonly string[] {
  const others = Object.keys(config).filter((name) => !known.includes(name))
  const hasTests = config.tests === undefined || Array.isArray(config.tests)
  return [
    ...(prompts > 1 ? [`Only one of ${plural(prompts, 'prompt')} is taken over.`] : []),
    ...(config.providers === undefined && config.targets === undefined
      ? []
      : ['The model that you chose here answers, not the file’s providers.']),
    ...(hasTests ? [] : ['The tests are in another file. Import it as a table under Test.']),
    ...(others.length === 0 ? [] : [`Not taken over: ${listed(others.map((one) => `“${one}”`))}.`]),
  ]
}
