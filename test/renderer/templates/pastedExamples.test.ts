import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import {
  examplesOf,
  readPasted,
} from '../../../src/renderer/src/features/templates/write/pastedExamples.ts'

const read = (text: string, variables = ['INPUT']) =>
  readPasted(text, variables).map(({ values, output, problem }) => ({ values, output, problem }))

describe('pasted examples', () => {
  it('are cells from a sheet, in the order of the fields', () => {
    expect(read('Nice bread\tgood\nCold soup\tbad')).toEqual([
      { values: { INPUT: 'Nice bread' }, output: 'good', problem: null },
      { values: { INPUT: 'Cold soup' }, output: 'bad', problem: null },
    ])
  })

  it('are separated by tabs even if a row is short', () => {
    expect(read('One\tA\nTwo').map(({ output }) => output)).toEqual(['A', ''])
  })

  it('use the column names, in any order and with extra columns', () => {
    const [row] = read('id,label,input\n7,good,"Nice, warm bread"')
    expect(row).toEqual({ values: { INPUT: 'Nice, warm bread' }, output: 'good', problem: null })
  })

  it('fill several placeholders', () => {
    const [row] = read('A title\tA text\tgood', ['TITLE', 'INPUT'])
    expect(row?.values).toEqual({ TITLE: 'A title', INPUT: 'A text' })
  })

  it('are one object per line, whose answer can be an object', () => {
    const [row] = read('{"input": "Nice bread", "output": {"sentiment": "good", "stars": 5}}')
    expect(row?.output).toBe('{"sentiment": "good", "stars": 5}')
  })

  it('are an array of objects as well', () => {
    expect(read('[{"INPUT": "a", "expected": "b"}]')).toEqual([
      { values: { INPUT: 'a' }, output: 'b', problem: null },
    ])
  })

  it('report problems row by row, and leave those rows out', () => {
    const rows = readPasted('input,output\n,good\nCold soup,\nNice,good', ['INPUT'])
    expect(rows.map(({ place, problem }) => [place, problem])).toEqual([
      [2, 'There is nothing for <INPUT>.'],
      [3, 'There is no answer.'],
      [4, null],
    ])
    expect(examplesOf(rows).map(({ output }) => output)).toEqual(['good'])
  })

  it('name the line that is not JSON and keep the others', () => {
    const rows = readPasted('{"input": "a", "output": "b"}\n{"input": ', ['INPUT'])
    expect(rows.map(({ place, problem }) => [place, problem === null])).toEqual([
      [1, true],
      [2, false],
    ])
  })

  it('are read back unchanged, whatever is in their cells', () => {
    const cell = fc
      .string({ minLength: 1 })
      .map((text) => text.trim())
      .filter((text) => text !== '')
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (pairs) => {
        const text = Papa.unparse([['input', 'output'], ...pairs])
        expect(read(text)).toEqual(
          pairs.map(([input, output]) => ({ values: { INPUT: input }, output, problem: null })),
        )
      }),
    )
  })
})
