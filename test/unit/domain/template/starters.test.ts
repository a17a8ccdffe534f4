import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import { template } from '../../../../src/shared/domain/template/template.ts'
import { templateProblems } from '../../../../src/shared/domain/template/templateProblems.ts'
import { writeValue } from '../../../../src/shared/domain/template/writeValue.ts'

const folder = path.resolve('resources/templates')
const starters = readdirSync(folder).map((name) => {
  const text = readFileSync(path.join(folder, name), 'utf8')
  return { name, read: template.parse(JSON.parse(text)) }
})

describe('the templates that ship with the app', () => {
  it('are five, one of them with retrieval', () => {
    expect(starters).toHaveLength(5)
    expect(starters.filter(({ read }) => read.sources.retrieve)).toHaveLength(1)
    expect(new Set(starters.map(({ read }) => read.name)).size).toBe(5)
  })

  it('begin with a review template of four examples, one per sentiment', () => {
    const [review] = starters
    const { format, examples } = review?.read ?? { format: null, examples: [] }
    expect(format?.kind === 'json' && format.fields.map((field) => field.name)).toEqual([
      'sentiment',
      'business_type',
    ])
    const sentiments = examples.map(
      ({ output }) => (JSON.parse(output) as { sentiment: string }).sentiment,
    )
    expect(sentiments).toEqual(['positive', 'negative', 'neutral', 'mixed'])
  })

  it.each(starters)('$name has no problems', ({ read }) => {
    expect(templateProblems(read)).toEqual([])
    expect(read.description).not.toBe('')
    expect(read.examples.length).toBeGreaterThanOrEqual(3)
    for (const { output } of read.examples) {
      // Written as the grammar would force it, so that examples and grammar teach the same.
      const { value } = checkReply(read.format, output)
      expect(value === null ? null : writeValue(read.format, value)).toBe(output)
    }
  })

  it.each(starters)('$name shows each label that it has', ({ read: { format, examples } }) => {
    if (format.kind !== 'label') return
    expect(new Set(examples.map(({ output }) => output))).toEqual(new Set(format.labels))
  })
})
