import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../../../src/main/parsing/tables/readTable.ts'
import type { Table } from '../../../../src/main/parsing/tables/table.ts'
import { AppError } from '../../../../src/shared/errors.ts'

const limits = { textBytes: 1 << 20, unpackedBytes: 1 << 22 }
const never = new AbortController().signal

function read(name: string, data: string | Uint8Array): Promise<Table> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  return readTable({ name, bytes }, limits, never)
}

const cellsOf = ({ rows }: Table): unknown => rows.map(({ cells }) => cells)
const placesOf = ({ rows }: Table): readonly number[] => rows.map(({ place }) => place)

describe('CSV and TSV', () => {
  test('quotes, line breaks in cells and places', async () => {
    const table = await read('a.csv', 'text,label\r\n"one, ""1""",a\r\n"two\nlines",b\n\nfour,c\n')
    expect(table.columns).toEqual(['text', 'label'])
    expect(cellsOf(table)).toEqual([
      ['one, "1"', 'a'],
      ['two\nlines', 'b'],
      ['four', 'c'],
    ])
    expect(placesOf(table)).toEqual([2, 3, 6])
    expect(table.notices).toEqual([])
  })

  test.each([
    ['semicolons', 'a.csv', 'text;label\nx, y;z'],
    ['tabs', 'a.tsv', 'text\tlabel\nx, y\tz'],
    ['tabs in .csv', 'a.csv', 'text\tlabel\nx, y\tz'],
    ['bars', 'a.txt', 'text|label\nx, y|z'],
    ['what Excel says', 'a.csv', 'sep=;\ntext;label\nx, y;z'],
  ])('separated by %s', async (_what, name, text) => {
    expect(cellsOf(await read(name, text))).toEqual([['x, y', 'z']])
  })

  test.each(['a.tsv', 'a.TAB'])(
    'text with commas under a single heading is not split: %s',
    async (name) => {
      const table = await read(name, 'text\none, two')
      expect(cellsOf(table)).toEqual([['one, two']])
    },
  )

  test.each([
    ['a heading with a line break', '"input\n(from the form)";expected\n"The soup, cold";neg'],
    [
      'commas in unquoted cells',
      'input, from the form;expected\nThe soup, cold, sad;neg\nFine;pos',
    ],
    ['empty lines first', '\n\ninput;expected\nThe soup, cold;neg'],
  ])('semicolons are found by the first rows: %s', async (_what, text) => {
    const table = await read('a.csv', text)
    expect(table.columns).toHaveLength(2)
    expect(table.rows.every(({ cells, problem }) => problem === null && cells[1] !== null)).toBe(
      true,
    )
  })

  test('under one heading, lines are whole cells', async () => {
    expect(cellsOf(await read('a.csv', 'text\none, two\n"a\nb"'))).toEqual([['one, two'], ['a\nb']])
  })

  test('between tabs, a quote that does not enclose the whole cell is a letter', async () => {
    const text =
      'input\texpected\n"Great" they say\tneg\n24" screen\tpos\n"open\tneg\n"a ""b""\nc"\tpos\nd\te'
    const table = await read('a.tsv', text)
    expect(cellsOf(table)).toEqual([
      ['"Great" they say', 'neg'],
      ['24" screen', 'pos'],
      ['"open', 'neg'],
      ['a "b"\nc', 'pos'],
      ['d', 'e'],
    ])
    expect(placesOf(table)).toEqual([2, 3, 4, 5, 7])
  })

  test('any table written with tabs is read back', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '\t') })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), async (drawn) => {
        const rows = drawn.filter((row) => row.some((one) => one.trim() !== ''))
        const options = { newline: '\n', quotes: true, delimiter: '\t' }
        const text = Papa.unparse([['text', 'label'], ...rows], options)
        expect(cellsOf(await read('a.tsv', text))).toEqual(rows)
      }),
    )
  })

  test('a byte order mark is not part of the first name', async () => {
    expect((await read('a.csv', '\uFEFFtext,label\nx,y')).columns).toEqual(['text', 'label'])
  })

  test.each([
    ['utf-16le with a mark', Buffer.from('\uFEFFtext,label\nGrüße,ja', 'utf16le'), false],
    [
      'windows-1252',
      Buffer.from('text,label\nGrüße aus Köln für größere Räume,ja', 'latin1'),
      true,
    ],
  ])('%s', async (_what, bytes, guessed) => {
    const table = await read('a.csv', bytes)
    expect(JSON.stringify(cellsOf(table))).toContain('Grüße')
    expect(table.notices.some((one) => one.includes('encoded'))).toBe(guessed)
  })

  test('an unclosed quote loses its line, not the rest of the file', async () => {
    const table = await read('a.csv', 'text,label\nx,y\n"open,y\nthird,a\nfourth,b')
    expect(table.rows).toMatchObject([
      { place: 2, problem: null },
      { place: 3, problem: expect.stringContaining('never closes') as string },
      { place: 4, cells: ['third', 'a'], problem: null },
      { place: 5, cells: ['fourth', 'b'], problem: null },
    ])
    expect(table.notices).toHaveLength(1)
  })

  test('a quote within a cell is reported', async () => {
    const table = await read('a.csv', 'text,label\n"a"b,c\nd,e')
    expect(table.rows[0]?.problem).toMatch(/quote/u)
    expect(table.rows.at(-1)).toMatchObject({ cells: ['d', 'e'], problem: null })
  })

  test('rows with too few cells are filled up, those with too many are reported', async () => {
    const table = await read('a.csv', 'text,label,note\nx,y\nx,y,z,more\nx,y,z,,')
    expect(table.rows).toMatchObject([
      { cells: ['x', 'y', null], problem: null },
      { problem: expect.stringContaining('4 cells') as string },
      { cells: ['x', 'y', 'z'], problem: null },
    ])
  })

  test('unnamed and duplicate columns get a name of their own', async () => {
    expect((await read('a.csv', 'text,,text\na,b,c')).columns).toEqual([
      'text',
      'column 2',
      'text (2)',
    ])
  })

  test('any table written as CSV is read back, with its line numbers', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', ' ', '|', '\t') })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }),
        async (drawn) => {
          const rows = drawn.filter((row) => row.some((one) => one.trim() !== ''))
          const text = Papa.unparse([['text', 'label'], ...rows], { newline: '\n', quotes: true })
          const table = await read('a.csv', text)
          expect(cellsOf(table)).toEqual(rows)
          expect(table.rows.every(({ problem }) => problem === null)).toBe(true)
          const lines = rows.map((row) => row.join('').split('\n').length)
          let line = 2
          const places = lines.map((count) => {
            const place = line
            line += count
            return place
          })
          expect(placesOf(table)).toEqual(places)
        },
      ),
    )
  })
})

describe('JSON', () => {
  test('a list of objects, whose fields need not be the same', async () => {
    const table = await read(
      'a.json',
      '[{"input":"x","expected":{"a":1}},{"input":"y","note":"n"}]',
    )
    expect(table.columns).toEqual(['input', 'expected', 'note'])
    expect(cellsOf(table)).toEqual([
      ['x', { a: 1 }, null],
      ['y', null, 'n'],
    ])
  })

  test('the only list in an object; nested values', async () => {
    const table = await read(
      'a.json',
      '{"name":"t","examples":[{"values":{"INPUT":"x"},"output":"y"}]}',
    )
    expect(table.columns).toEqual(['INPUT', 'output'])
  })

  test('chats, of which the last question is the input and its answer expected', async () => {
    const turns = (...said: readonly string[]): string =>
      JSON.stringify({
        messages: said.map((text) => ({ role: text.split(' ')[0], content: text })),
      })
    const table = await read(
      'a.jsonl',
      [
        turns('system x', 'user a', 'assistant b'),
        turns('user a', 'assistant b', 'user c', 'assistant d'),
        turns('user a', 'tool b'),
        '{"input":[{"role":"user","content":[{"type":"text","text":"q"}]}],"ideal":"i"}',
        '{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"r"}]}',
      ].join('\n'),
    )
    expect(table.columns).toEqual(['input', 'expected', 'system', 'earlier turns', 'ideal'])
    expect(table.rows).toMatchObject([
      { cells: ['user a', 'assistant b', 'system x', null, null], problem: null },
      {
        cells: ['user c', 'assistant d', null, 'User: user a\nAssistant: assistant b', null],
        problem: null,
      },
      { problem: expect.stringContaining('but is user, tool') as string },
      { cells: ['q', null, null, null, 'i'], problem: null },
      { cells: ['q', 'r', null, null, null], problem: null },
    ])
  })

  test('a configuration of promptfoo, in YAML as well; text as it is written', async () => {
    const yaml = `prompts: [a, b]
tests:
  - vars: { input: 1.50 }
    assert: [{ type: equals, value: no }]
  - vars: { input: 2026-01-02, note: ~ }
    assert: [{ type: contains, value: x }]
`
    const table = await read('a.yaml', yaml)
    expect(table.columns).toEqual(['input', 'note', 'expected'])
    expect(cellsOf(table)).toEqual([
      ['1.50', null, 'no'],
      ['2026-01-02', null, 'x'],
    ])
    expect(table.notices).toEqual([
      'The file asks for 1 answer to be equal and 1 answer to contain the expected words. Choose that under “Right if” of the answer.',
    ])
  })

  test('assertions of promptfoo: one is used, the others are named', async () => {
    const tests = [
      { vars: { input: 'a' }, assert: [{ type: 'llm-rubric', value: 'kind' }] },
      {
        vars: { input: 'b' },
        assert: [
          { type: 'javascript', value: 'output.length < 9' },
          { type: 'regex', value: '^x' },
          { type: 'contains', value: 'y' },
        ],
      },
      { vars: { input: 'c' }, expected: 'own', assert: [{ type: 'equals', value: 'z' }] },
    ]
    const table = await read('a.json', JSON.stringify(tests))
    expect(table.columns).toEqual(['input', 'expected'])
    expect(cellsOf(table)).toEqual([
      ['a', null],
      ['b', '^x'],
      ['c', 'own'],
    ])
    for (const type of ['llm-rubric', 'javascript', 'contains']) {
      expect(table.notices.join('\n')).toContain(`“${type}” is not used in 1 row`)
    }
  })

  test('a table of promptfoo, with the kind of assertion before what is expected', async () => {
    const text = `question,__expected,__expected2
a,contains: Paris,grade: polite
b,equals:12:30,
c,Note: this is text,
d,regex:^\\d+$,
e,similar(0.8): near,
f,is-json,
g,not-contains: Rome,
`
    const table = await read('a.csv', text)
    expect(table.columns).toEqual(['question', 'expected'])
    expect(table.rows.map(({ cells }) => cells[1])).toEqual([
      'Paris',
      '12:30',
      'Note: this is text',
      String.raw`^\d+$`,
      null,
      null,
      null,
    ])
    for (const type of ['grade', 'similar', 'is-json', 'not-contains']) {
      expect(table.notices.join('\n')).toContain(`“${type}” is not used in 1 row`)
    }
  })

  test('whatever is in a column of another name stays as it is', async () => {
    expect(cellsOf(await read('a.csv', 'input,expected\na,contains: b\n'))).toEqual([
      ['a', 'contains: b'],
    ])
  })

  test('objects in cells, as Langfuse exports them', async () => {
    const csv = Papa.unparse([
      { id: '1', input: '{"question": "a", "context": "c"}', expectedOutput: '{"answer": "x"}' },
      { id: '2', input: '{"question": "b"}', expectedOutput: '' },
    ])
    const table = await read('a.csv', csv)
    expect(table.columns).toEqual(['question', 'context', 'id', 'expectedOutput'])
    expect(cellsOf(table)).toEqual([
      ['a', 'c', '1', { answer: 'x' }],
      ['b', null, '2', ''],
    ])
    const chat = '{"messages": [{"role": "user", "content": "Hello"}]}'
    expect((await read('a.csv', Papa.unparse([{ input: chat }]))).columns).toEqual(['input'])
  })

  test('a text that happens to be an object stays a text', async () => {
    const csv = Papa.unparse([{ input: '{"a": 1}' }, { input: 'Two' }])
    expect(cellsOf(await read('a.csv', csv))).toEqual([['{"a": 1}'], ['Two']])
  })

  test.each([
    ['a list', '# mine\n\n- input: a\n  note: x\n'],
    ['documents', '---\ninput: a\nnote: x\n---\ninput: b\n'],
    ['a list under a name', 'description: d\ntests:\n  - input: a\n    note: x\n'],
    ['a line of JSON', '{"input": "a", "note": "x"}\n'],
    ['CSV', 'input,note\na,x\n'],
    ['CSV with a list in a cell', 'input,note\na,x\n"Steps:\n- one",y\n'],
  ])('without the name of a file: %s', async (_, text) => {
    const table = await read('standard input', text)
    expect(table.columns).toEqual(['input', 'note'])
    expect(table.rows[0]?.cells).toEqual(['a', 'x'])
  })

  test('YAML in several documents; a broken one is named', async () => {
    expect(cellsOf(await read('a.yml', 'input: a\n---\ninput: b\n'))).toEqual([['a'], ['b']])
    await expect(read('a.yml', '- input: "a\n- b: [')).rejects.toMatchObject({
      code: 'document-unreadable',
    })
  })

  test('lines, of which one is broken', async () => {
    const table = await read('a.jsonl', '{"input":"x"}\n\n{"input":\n3\n{"input":"y"}')
    expect(table.rows).toMatchObject([
      { place: 1, problem: null },
      { place: 3, problem: expect.stringContaining('not JSON') as string },
      { place: 4, problem: expect.stringContaining('no object') as string },
      { place: 5, cells: ['y'], problem: null },
    ])
  })

  test('lines in a file that is called .json', async () => {
    expect(cellsOf(await read('a.json', '{"input":"x"}\n{"input":"y"}'))).toEqual([['x'], ['y']])
  })

  test.each(['{"a": 1, "b": 2}', '3', '[{"input": "x"'])('not a table: %s', async (text) => {
    await expect(read('a.json', text)).rejects.toMatchObject({ code: 'document-unreadable' })
  })

  test('a field with the name of a JavaScript property is a field', async () => {
    const table = await read('a.json', '[{"__proto__":"x","constructor":"y","input":"z"}]')
    expect(cellsOf(table)).toEqual([['x', 'y', 'z']])
  })
})

describe('spreadsheets', () => {
  test('the first sheet with rows; numbers, dates and empty lines', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Rows',
          rows: [
            ['text', 'label'],
            ['one', 3],
            [null, null],
            [new Date('2026-01-15'), true],
          ],
        },
        { name: 'Other', rows: [['x']] },
      ],
    })
    const table = await read('a.xlsx', bytes)
    expect(table.columns).toEqual(['text', 'label'])
    expect(cellsOf(table)).toEqual([
      ['one', 3],
      ['2026-01-15', true],
    ])
    expect(placesOf(table)).toEqual([2, 4])
    expect(table.notices).toEqual([expect.stringContaining('“Rows”')])
  })

  test('cells are what they show; thousands have no commas', async () => {
    const shown = [
      [0.25, '0%', '25%'],
      [0.5, 'h:mm', '12:00'],
      [12.5, '0.00', '12.50'],
      [1234.5, '#,##0.00', '1234.50'],
      [7, 'General', 7],
    ] as const
    const cells = new Map(
      shown.map(
        ([value, numFmt], at) => [`1,${String(at)}`, { value, style: { numFmt } }] as const,
      ),
    )
    const rows = [shown.map((_, at) => `c${String(at)}`), shown.map(([value]) => value)]
    const table = await read('a.xlsx', await writeXlsx({ sheets: [{ name: 'Rows', rows, cells }] }))
    expect(cellsOf(table)).toEqual([shown.map(([, , text]) => text)])
  })

  test('one that unpacks to more than the limit is refused', async () => {
    const rows = Array.from({ length: 5_000 }, () => ['x'.repeat(1_000), 'y'])
    const bytes = await writeXlsx({ sheets: [{ name: 'Rows', rows }] })
    const small = { textBytes: 10_000, unpackedBytes: 20_000 }
    await expect(readTable({ name: 'a.xlsx', bytes }, small, never)).rejects.toMatchObject({
      code: 'document-too-large',
    })
  })

  test('a damaged or old one is refused with a sentence', async () => {
    const bytes = await writeXlsx({ sheets: [{ name: 'Rows', rows: [['text'], ['x']] }] })
    await expect(read('a.xlsx', bytes.slice(0, -40))).rejects.toMatchObject({
      code: 'document-unreadable',
    })
    const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0])
    await expect(read('a.xls', old)).rejects.toMatchObject({ code: 'unsupported-format' })
  })
})

test('an empty file says so', async () => {
  for (const data of ['', ' \n', '\uFEFF']) {
    await expect(read('a.csv', data)).rejects.toMatchObject({ code: 'document-empty' })
  }
})

test('any bytes are read, or fail with a sentence', async () => {
  const text = fc.string({
    unit: fc.constantFrom('"', ',', '\n', 'a', '{', '}', '[', ':', ';', '\t'),
  })
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    text.map((one) => Uint8Array.from(Buffer.from(one))),
    fc.uint8Array({ maxLength: 200 }).map((tail) => Uint8Array.from([0x50, 0x4b, 3, 4, ...tail])),
  )
  const name = fc.constantFrom('a.csv', 'a.tsv', 'a.json', 'a.jsonl', 'a.xlsx', 'a')
  await fc.assert(
    fc.asyncProperty(name, bytes, async (called, data) => {
      try {
        const { columns, rows } = await read(called, data)
        expect(new Set(columns).size).toBe(columns.length)
        let last = 0
        for (const row of rows) {
          expect(row.cells).toHaveLength(columns.length)
          expect(row.place).toBeGreaterThan(last)
          last = row.place
        }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        expect(error.message).toMatch(/\.$/u)
      }
    }),
    { numRuns: 500 },
  )
})
