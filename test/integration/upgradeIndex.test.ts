import { connect } from '@lancedb/lancedb'
import { Field, FixedSizeList, Float32, Int32, Schema, Utf8 } from 'apache-arrow'
import { expect, test } from 'vitest'
import { openVectorStore } from '../../src/main/retrieval/vectorStore.ts'
import { createTempDir } from '../helpers/tempDir.ts'

const dimensions = 2

/** The table as earlier versions made it. */
async function writeFormer(directory: string, rows: readonly Record<string, unknown>[]) {
  const text = (name: string): Field => new Field(name, new Utf8(), false)
  const number = (name: string): Field => new Field(name, new Int32(), false)
  const item = new Field('item', new Float32(), true)
  const schema = new Schema([
    ...['id', 'content'].map(text),
    ...['ordinal', 'page', 'start', 'end'].map(number),
    ...['text', 'heading'].map(text),
    number('tokens'),
    text('searchText'),
    new Field('vector', new FixedSizeList(dimensions, item), true),
  ])
  const connection = await connect(directory)
  const table = await connection.createEmptyTable('chunks', schema)
  await table.add(rows as Record<string, unknown>[])
  table.close()
  connection.close()
}

const row = (content: string, ordinal: number, text: string, vector: readonly number[] | null) => ({
  id: `${content}:${String(ordinal)}`,
  content,
  ordinal,
  page: 1,
  start: 0,
  end: text.length,
  text,
  heading: 'Regeln',
  tokens: 9,
  searchText: text,
  vector,
})

const german =
  'Die Mitglieder zahlen sechzig Euro im Jahr, und Kinder unter zwölf Jahren zahlen nichts.'
const english =
  'The crane was built in 1931, and it was taken down again in 1998 by the harbour office.'
const rows = [
  row('a', 0, german, [1, 0]),
  row('a', 1, `${german} Der Hund bleibt draußen.`, null),
  row('b', 0, english, [0, 1]),
]

test('an index of an earlier version keeps its vectors and gets the language of each text', async () => {
  const directory = await createTempDir()
  await writeFormer(directory, rows)
  const shares: number[] = []
  const onUpgrade = (share: number): void => void shares.push(share)
  const store = await openVectorStore({ directory, dimensions, onUpgrade })
  expect(shares).toEqual([0, 1])
  expect(await store.contents()).toEqual(new Map(Object.entries({ a: 2, b: 1 })))
  expect(store.languages()).toEqual(['de', 'en'])
  const [near] = await store.searchVector(Float32Array.of(1, 0), { limit: 1 })
  expect(near?.chunk).toMatchObject({ id: 'a:0', language: 'de', text: german, heading: 'Regeln' })
  expect((await store.withoutVector('a')).map(({ id }) => id)).toEqual(['a:1'])
  const [pays] = await store.searchFullText('Was zahlt ein Mitglied?', { limit: 1 })
  expect(pays?.chunk.contentId).toBe('a')
  await store.close()
  const again = await openVectorStore({ directory, dimensions, onUpgrade })
  expect(await again.count()).toBe(3)
  expect(shares).toHaveLength(2)
  await again.close()
})

test('a copy that was interrupted is made again', async () => {
  const directory = await createTempDir()
  await writeFormer(directory, rows)
  const connection = await connect(directory)
  const half = await connection.createTable('passages', [{ id: 'half' }])
  half.close()
  connection.close()
  const store = await openVectorStore({ directory, dimensions })
  expect(await store.count()).toBe(3)
  await store.close()
})

test('an earlier index of another width is set aside', async () => {
  const directory = await createTempDir()
  await writeFormer(directory, rows)
  const notices: string[] = []
  const store = await openVectorStore({
    directory,
    dimensions: 3,
    onNotice: ({ kind }) => notices.push(kind),
  })
  expect(notices).toEqual(['set-aside'])
  await store.close()
})
