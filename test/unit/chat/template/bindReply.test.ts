import { describe, expect, test } from 'vitest'
import type { CitableSource } from '../../../../src/main/chat/citations.ts'
import { bindReply } from '../../../../src/main/chat/template/bindReply.ts'
import { outputFormat } from '../../../../src/shared/domain/template/outputFormat.ts'
import { splitSentences } from '../../../../src/shared/domain/sentences.ts'

const text = 'The mill was sold in 1921. Lena Ruiz leads the pottery class.'
const sources: readonly CitableSource[] = [
  {
    number: 1,
    chunk: 'c:0',
    document: 'd',
    name: 'mill.md',
    contentId: 'c',
    heading: '',
    page: 1,
    start: 0,
    end: text.length,
    text,
    sentences: splitSentences(text),
  },
]
const format = outputFormat.parse({
  kind: 'json',
  fields: [
    { name: 'sold', type: { kind: 'number' } },
    { name: 'people', type: { kind: 'list', item: { kind: 'text' } } },
    { name: 'note', type: { kind: 'text' } },
    { name: 'mood', type: { kind: 'label', labels: ['good', 'bad'] } },
  ],
})

describe('binding a reply of fields', () => {
  test('each text is bound on its own; numbers and labels are not', () => {
    const reply =
      ' {"sold": 1921, "people": ["Lena Ruiz", "Tom Ashby"], "note": "The mill was sold in 1921.", "mood": "good"}'
    const { fields, sentences, text: kept } = bindReply(format, reply, sources, () => 1)
    expect(kept).toBe(reply.trim())
    expect(fields.map(({ field, item, text: bound }) => [field, item, bound])).toEqual([
      ['people', 0, 'Lena Ruiz [1]'],
      ['people', 1, 'Tom Ashby'],
      ['note', null, 'The mill was sold in 1921. [1]'],
    ])
    expect(fields.map((one) => one.sentences[0]?.support)).toEqual(['whole', 'none', 'whole'])
    expect(sentences.map(({ start, end }) => kept.slice(start, end))).toEqual([
      '"Lena Ruiz"',
      '"Tom Ashby"',
      '"The mill was sold in 1921."',
    ])
  })

  test('a number that is not in the source is not supported', () => {
    const reply = '{"sold": 1, "people": [], "note": "The mill was sold in 1931.", "mood": "bad"}'
    const [note] = bindReply(format, reply, sources, () => 1).fields
    expect(note?.sentences[0]).toMatchObject({ support: 'none', citations: [] })
  })

  test('a broken reply is bound as far as it can be parsed, and saved unchanged', () => {
    const reply = 'Sure! {"note": "Lena Ruiz leads the pottery class.", "extra": "x"} Done.'
    const { fields, text: kept } = bindReply(format, reply, sources, () => 1)
    expect(kept).toBe(reply)
    expect(fields.map(({ field }) => field)).toEqual(['note'])
    expect(bindReply(format, '{"note": "Lena', sources, () => 1).fields).toEqual([])
  })

  test('a label is a judgement and gets no citation', () => {
    const label = outputFormat.parse({ kind: 'label', labels: ['sold'] })
    expect(bindReply(label, ' sold\n', sources, () => 1)).toEqual({
      text: 'sold',
      sentences: [],
      fields: [],
    })
  })
})
