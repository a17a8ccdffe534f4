import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  asExamples,
  readTestRows,
  withTag,
  type RowsSource,
} from '../../../src/main/cli/rowsFile.ts'
import { readChosenColumns } from '../../../src/main/templates/tables/chosenColumns.ts'
import type { Template } from '../../../src/shared/domain/template/template.ts'
import { moodTemplate } from '../../helpers/runMaterial.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

const review: Template = {
  ...moodTemplate,
  format: {
    kind: 'json',
    fields: [
      { name: 'mood', optional: false, type: { kind: 'label', labels: ['good', 'bad'] } },
      { name: 'stars', optional: false, type: { kind: 'number', integer: true } },
    ],
  },
}

const sourceOf = (file: string, pairs = ''): RowsSource => ({
  file,
  columns: readChosenColumns(pairs) ?? [],
  readInput: () => expect.fail('Nothing is read from standard input.'),
})

async function read(
  name: string,
  content: string | Uint8Array,
  template = moodTemplate,
  pairs?: string,
) {
  const file = path.join(await createTempDir(), name)
  await writeFile(file, content)
  const notices: string[] = []
  const { signal } = new AbortController()
  const rows = await readTestRows(
    sourceOf(file, pairs),
    template,
    (one) => notices.push(one),
    signal,
  )
  return { rows, notices }
}

describe('rows of a file for the command line', () => {
  it('are CSV with input and expected', async () => {
    const { rows } = await read('rows.csv', 'input,expected\n"fine, thanks",good\nawful,\n')
    expect(rows).toMatchObject([
      { id: '2', values: { INPUT: 'fine, thanks' }, expected: 'good', included: null },
      { id: '3', values: { INPUT: 'awful' }, expected: null },
    ])
  })

  it('are CSV with a column per field, unless one has the whole answer', async () => {
    const fields = await read('rows.csv', 'input,mood,stars\nfine,good,4\n', review)
    expect(fields.rows[0]?.expected).toEqual({ mood: 'good', stars: '4' })
    const whole = 'input,mood,expected\nfine,bad,"{""mood"": ""good"", ""stars"": 4}"\n'
    expect((await read('rows.csv', whole, review)).rows[0]?.expected).toBe(
      '{"mood": "good", "stars": 4}',
    )
  })

  it('are JSON lines with the same keys', async () => {
    const lines = [
      '{"input": "fine", "expected": "good"}',
      '{"input": "so so", "expected": ["good", "bad | worse"]}',
    ].join('\n')
    const { rows } = await read('rows.jsonl', lines)
    expect(rows.map(({ expected }) => expected)).toEqual(['good', 'good | bad \\| worse'])
    const one = '{"input": "fine", "expected": {"mood": "good", "stars": 4}}'
    expect((await read('rows.jsonl', one, review)).rows[0]?.expected).toEqual({
      mood: 'good',
      stars: 4,
    })
  })

  it('are read in their encoding, which is reported where it is a guess', async () => {
    const text =
      'input,expected\nKöstlich – wir kommen wieder,good\nFür niemanden zu empfehlen,bad\n'
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
    expect((await read('rows.csv', utf16)).rows[0]?.values.INPUT).toBe(
      'Köstlich – wir kommen wieder',
    )
    const latin = Buffer.from(text.replace('–', '-'), 'latin1')
    const guessed = await read('rows.csv', latin)
    expect(guessed.rows[0]?.values.INPUT).toBe('Köstlich - wir kommen wieder')
    expect(guessed.notices[0]).toMatch(/^rows\.csv: .*does not say how its letters are encoded/u)
  })

  it.each([
    [
      'broken quotes',
      'rows.csv',
      'input,expected\n"never closes,good\nfine,good\n',
      /Row 2: A quote/u,
    ],
    ['an empty input', 'rows.csv', 'input,expected\n,good\n', /Row 2: Nothing stands/u],
    ['a line that is no JSON', 'rows.jsonl', '{"input": "a"}\nnonsense\n', /Row 2: /u],
    ['no column for the input', 'rows.csv', 'a,b,c\n1,2,3\n', /no column “input”/u],
    ['no row', 'rows.csv', 'input,expected\n', /holds no rows/u],
  ])('are refused with %s, all of them', async (_, name, content, message) => {
    await expect(read(name, content)).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(read(name, content)).rejects.toThrow(message)
  })

  it('are refused if the file does not exist', async () => {
    const { signal } = new AbortController()
    const reading = readTestRows(
      sourceOf('/no/such/file.csv'),
      moodTemplate,
      () => undefined,
      signal,
    )
    await expect(reading).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are refused if it is a folder', async () => {
    const { signal } = new AbortController()
    const folder = await createTempDir()
    const reading = readTestRows(sourceOf(folder), moodTemplate, () => undefined, signal)
    await expect(reading).rejects.toThrow(`${folder} is a folder.`)
    const below = readTestRows(
      sourceOf(`${folder}/none/rows.csv`),
      moodTemplate,
      () => undefined,
      signal,
    )
    await expect(below).rejects.toMatchObject({ code: 'not-found' })
  })

  it('say which column was taken for what', async () => {
    const { notices } = await read('rows.csv', 'question,ground_truth,id\nfine,good,1\n')
    expect(notices).toEqual([
      'rows.csv: Columns: “question” → <INPUT>, “ground_truth” → expected answer. Not used: “id”.',
    ])
  })

  it('never have the answer in the prompt: a column that is missing is named', async () => {
    const passage = { ...moodTemplate, input: '<QUESTION> <CONTEXT>' }
    await expect(read('rows.csv', 'question,right\nfine,good\n', passage)).rejects.toThrow(
      'rows.csv has no column “context”. Its headings, in the first row of a table, are “question”, “right”.',
    )
  })

  it('have the columns that are chosen, and say so', async () => {
    const chosen = 'INPUT=b,expected=a'
    const { rows, notices } = await read(
      'rows.csv',
      'a,b,input\ngood,fine,x\n',
      moodTemplate,
      chosen,
    )
    expect(rows).toMatchObject([{ values: { INPUT: 'fine' }, expected: 'good' }])
    expect(notices).toEqual([
      'rows.csv: Columns: “b” → <INPUT>, “a” → expected answer. Not used: “input”.',
    ])
  })

  it('of a chat have its earlier turns, where the template has a place for them', async () => {
    const said = ['Hi', 'Yes?', 'It rained', 'bad']
    const messages = said.map((content, at) => ({ role: at % 2 ? 'assistant' : 'user', content }))
    const text = JSON.stringify({ messages })
    const asking = { ...moodTemplate, input: '<HISTORY>\n<INPUT>' }
    const { rows } = await read('rows.jsonl', text, asking)
    expect(rows).toMatchObject([
      { values: { INPUT: 'It rained', HISTORY: 'User: Hi\nAssistant: Yes?' }, expected: 'bad' },
    ])
    await expect(read('rows.jsonl', text)).rejects.toThrow('Add <HISTORY> to the template')
  })

  it('have tags, by which they are chosen', async () => {
    const text = 'input,expected,split\nfine,good,"dev, short"\nawful,bad,\n'
    const { rows, notices } = await read('rows.csv', text)
    expect(rows.map(({ tags }) => tags)).toEqual([['dev', 'short'], undefined])
    expect(notices[0]).toContain('“split” → tags')
    expect(withTag(rows, 'short').map(({ id }) => id)).toEqual(['2'])
    expect(withTag(rows, undefined)).toHaveLength(2)
    expect(() => withTag(rows, 'shrt')).toThrow(
      'No row has the tag “shrt” (did you mean “short”?). There are “dev”, “short”.',
    )
    expect(() => withTag(rows.slice(1), 'dev')).toThrow('No row has a tag.')
  })

  it('name a chosen column that is not there', async () => {
    const reading = read('rows.csv', 'text,mood\nfine,good\n', moodTemplate, 'INPUT=txet')
    await expect(reading).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'rows.csv has no column “txet” (did you mean “text”?). It has “text”, “mood”.',
    })
  })

  it('become examples as the model should answer', async () => {
    const { rows } = await read('rows.csv', 'input,mood,stars\nfine,good,4\nwhat,,\n', review)
    const notices: string[] = []
    expect(asExamples(rows, review, (one) => notices.push(one))).toMatchObject([
      { values: { INPUT: 'fine' }, output: '{"mood": "good", "stars": 4}' },
    ])
    expect(notices).toEqual([
      '1 row without an expected answer can’t be examples and was left out.',
    ])
    const wrong = await read('rows.csv', 'input,mood,stars\nfine,odd,4\n', review)
    expect(() => asExamples(wrong.rows, review, () => undefined)).toThrow(/Row 2 of the examples/u)
  })
})
