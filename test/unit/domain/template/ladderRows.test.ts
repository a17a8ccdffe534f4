import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { answerKey } from '../../../../src/shared/domain/template/answerText.ts'
import { readExpected } from '../../../../src/shared/domain/template/expected.ts'
import { template } from '../../../../src/shared/domain/template/template.ts'
import { templateProblems } from '../../../../src/shared/domain/template/templateProblems.ts'

interface Row {
  readonly input: string
  readonly answer: string
  readonly kind: string
}

const at = (...parts: string[]): string => path.resolve('bench/ladder', ...parts)
const read = (file: string): string => readFileSync(file, 'utf8')
const rows = Papa.parse<Row>(read(at('rows.csv')), { header: true, skipEmptyLines: true }).data
const made = template.parse(JSON.parse(read(at('template.json'))))
const documents = readdirSync(at('documents')).map((name) => read(at('documents', name)))

describe('the rows of the four-arm benchmark', () => {
  it('are sixty, all different, and none of them an example', () => {
    const inputs = new Set(rows.map(({ input }) => answerKey(input)))
    expect(inputs.size).toBe(60)
    for (const { values } of made.examples) {
      expect(inputs).not.toContain(answerKey(values.INPUT ?? ''))
    }
  })

  it('have a template without problems, and fit its format', () => {
    expect(templateProblems(made)).toEqual([])
    for (const { answer, kind } of rows) {
      expect(readExpected(made.format, { answer, kind }).problem).toBeNull()
    }
  })

  it('have answers that are in the documents and not in the template', () => {
    const known = documents.map((text) => ` ${answerKey(text)} `)
    const shown = made.examples.map(({ output }) => answerKey(output)).join(' ')
    for (const { input, answer, kind } of rows) {
      if (kind === 'yes or no') continue
      const accepted = answer.split(' | ').map(answerKey)
      const stands = accepted.some((one) => known.some((text) => text.includes(` ${one} `)))
      expect(stands, input).toBe(true)
      expect(
        accepted.some((one) => shown.includes(` ${one} `)),
        input,
      ).toBe(false)
    }
  })
})
