import type { RunMaterial } from '../../src/main/templates/running/ports.ts'
import { template, type Template } from '../../src/shared/domain/template/template.ts'
import type { TestRow } from '../../src/shared/domain/testRun/testSet.ts'

const fruits = ['apple', 'pear', 'plum', 'fig', 'grape', 'melon', 'lemon', 'cherry']

/** A template of one label with four examples. */
export const moodTemplate: Template = template.parse({
  name: 'Mood',
  instruction: 'Say how the writer feels.',
  format: { kind: 'label', labels: ['good', 'bad'] },
  examples: [
    ['The soup was wonderful', 'good'],
    ['They lost my bag', 'bad'],
    ['A lovely morning by the sea', 'good'],
    ['The train was late again', 'bad'],
  ].map(([INPUT, output], index) => ({ id: `e${String(index + 1)}`, values: { INPUT }, output })),
})

export function moodRows(count: number): readonly TestRow[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `r${String(index + 1)}`,
    values: {
      INPUT: `I had a ${fruits[index % fruits.length] ?? ''} number ${String(index)} and liked it`,
    },
    expected: index % 3 === 0 ? 'bad' : 'good',
    included: null,
  }))
}

/** One template of one version, and one test set. */
export function createRunMaterial(
  rows: readonly TestRow[],
  written: Template = moodTemplate,
): RunMaterial {
  return {
    isThere: () => true,
    version: () => Promise.resolve(written),
    testSet: (id) => Promise.resolve({ id, name: 'Rows', version: 3 }),
    includedRows: () => Promise.resolve(rows),
  }
}
