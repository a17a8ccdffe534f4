import { readFile } from 'node:fs/promises'
import path from 'node:path'
import papaparse from 'papaparse'
import { z } from 'zod'
import { answerField, readExpected } from '../../shared/domain/template/expected.ts'
import type { OutputFormat } from '../../shared/domain/template/outputFormat.ts'
import { variablesOf, type Example, type Template } from '../../shared/domain/template/template.ts'
import { rawExpected, type RawExpected, type TestRow } from '../../shared/domain/testRun/testSet.ts'
import { AppError } from '../../shared/errors.ts'
import { systemErrorCode } from '../config/durableFile.ts'

type Cells = Readonly<Record<string, unknown>>

/**
 * Reads rows from a file: CSV with the columns `input` (and one for each other placeholder) and
 * `expected`, or one for each field; or JSONL with the same keys. Ids are the numbers of the rows,
 * from 1.
 *
 * @throws AppError `invalid-input` that names the row or the column.
 */
export async function readTestRows(file: string, template: Template): Promise<readonly TestRow[]> {
  const text = await readText(file)
  const name = path.basename(file)
  const isJsonLines = /\.(?:jsonl|ndjson)$/iu.test(name)
  const table = isJsonLines ? jsonLines(text, name) : csvRows(text, name)
  if (table.length === 0) throw invalid(`${name} holds no rows.`)
  const variables = variablesOf(template)
  return table.map((cells, index) => {
    const values = variables.map((variable): [string, string] => {
      const value = cells[variable.toLowerCase()]
      if (value === undefined) {
        throw invalid(
          `Row ${String(index + 1)} of ${name} has no “${variable.toLowerCase()}”. Add that column, or run another template.`,
        )
      }
      return [variable, typeof value === 'string' ? value : JSON.stringify(value)]
    })
    return {
      id: String(index + 1),
      values: Object.fromEntries(values),
      expected: expectedOf(cells, template.format, `Row ${String(index + 1)} of ${name}`),
      included: null,
    }
  })
}

/** Rows as examples: what is expected of them is what they answer. */
export function asExamples(rows: readonly TestRow[], template: Template): readonly Example[] {
  return rows.flatMap(({ id, values, expected }) => {
    if (expected === null) return []
    return [{ id, values, output: outputText(template.format, expected), note: '', enabled: true }]
  })
}

function outputText(format: OutputFormat, expected: RawExpected): string {
  if (typeof expected === 'string') return expected
  if (format.kind !== 'json') {
    const answer = expected[answerField]
    return String(Array.isArray(answer) ? answer[0] : answer)
  }
  const read = readExpected(format, expected).expected
  const values = [...(read ?? [])].flatMap(([name, one]) => {
    if (one.kind === 'absent') return []
    return [[name, one.kind === 'value' ? one.value : one.texts[0]]]
  })
  return JSON.stringify(Object.fromEntries(values))
}

function expectedOf(cells: Cells, format: OutputFormat, where: string): RawExpected | null {
  const whole = cells.expected
  if (whole !== undefined && whole !== null) {
    const parsed = rawExpected.safeParse(
      typeof whole === 'object' && !Array.isArray(whole) ? whole : asWhole(whole),
    )
    if (parsed.success) return parsed.data === '' ? null : parsed.data
    throw invalid(`${where}: “expected” is neither a text nor a value a field.`)
  }
  if (format.kind !== 'json') return null
  const fields = format.fields.flatMap(({ name }) => {
    const value = cells[name.toLowerCase()]
    return value === undefined || value === null ? [] : [[name, value]]
  })
  if (fields.length === 0) return null
  const parsed = rawExpected.safeParse(Object.fromEntries(fields))
  if (parsed.success) return parsed.data
  throw invalid(
    `${where}: a field holds something that is neither text, number, yes/no nor a list.`,
  )
}

function asWhole(value: unknown): unknown {
  if (Array.isArray(value)) return { [answerField]: value }
  return typeof value === 'string' ? value : String(value)
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/u, '')
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error
    throw new AppError('not-found', `There is no file ${file}.`, { cause: error })
  }
}

function csvRows(text: string, name: string): readonly Cells[] {
  const { data, errors } = papaparse.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => header.trim().toLowerCase(),
  })
  const [first] = errors.filter(({ code }) => code !== 'UndetectableDelimiter')
  if (first === undefined) return data
  const row = first.row === undefined ? '' : `, row ${String(first.row + 1)}`
  throw invalid(`${name}${row}: ${first.message}. Correct it and try again.`)
}

function jsonLines(text: string, name: string): readonly Cells[] {
  return text.split('\n').flatMap((line, index): Cells[] => {
    if (line.trim() === '') return []
    try {
      const cells = z.record(z.string(), z.unknown()).parse(JSON.parse(line))
      return [
        Object.fromEntries(Object.entries(cells).map(([key, value]) => [key.toLowerCase(), value])),
      ]
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error
      throw invalid(`Line ${String(index + 1)} of ${name} is not a JSON object.`)
    }
  })
}

function invalid(message: string): AppError {
  return new AppError('invalid-input', message)
}
