import { parse, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { isRecord } from '../../../shared/domain/isRecord.ts'
import { rawExpected } from '../../../shared/domain/template/rawExpected.ts'
import { inputValues } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { parseJson } from '../../disk/jsonFile.ts'
import { unescaped } from './nunjucksText.ts'

export type PromptfooReading =
  /** No configuration of promptfoo. */
  | { readonly kind: 'other' }
  /** One that Penknife didn't export. */
  | { readonly kind: 'foreign'; readonly config: Readonly<Record<string, unknown>> }
  /** `template`: the text of its file. */
  | { readonly kind: 'ours'; readonly template: string; readonly rows: readonly TestRow[] }

const exported = z.object({
  metadata: z.object({ penknife: z.string() }),
  tests: z.array(
    z.object({
      vars: inputValues,
      metadata: z.object({
        id: z.string(),
        expected: z.string(),
        included: z.boolean().nullable(),
      }),
    }),
  ),
})

/** Reads back what `promptfooFile` wrote: the template with its judgement, and the rows. */
export function readPromptfoo(text: string): PromptfooReading {
  const config = parseYaml(text)
  if (!isRecord(config) || !Object.hasOwn(config, 'prompts')) return { kind: 'other' }
  const found = exported.safeParse(config)
  if (!found.success) return { kind: 'foreign', config }
  const { metadata, tests } = found.data
  const rows = tests.flatMap(({ vars, metadata: { id, expected: json, included } }): TestRow[] => {
    const expected = parseJson(json, rawExpected.nullable())
    if (expected === undefined) return []
    const values = Object.entries(vars).map(([name, value]) => [name, unescaped(value)] as const)
    return [{ id, values: Object.fromEntries(values), expected, included }]
  })
  if (rows.length < tests.length) return { kind: 'foreign', config }
  return { kind: 'ours', template: metadata.penknife, rows }
}

function parseYaml(text: string): unknown {
  try {
    // Our own files refer to one text from every row.
    return parse(text, { maxAliasCount: -1, logLevel: 'silent' }) as unknown
  } catch (error) {
    if (error instanceof YAMLParseError) return null
    throw error
  }
}
