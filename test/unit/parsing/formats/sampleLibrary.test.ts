import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectFormat } from '../../../../src/main/parsing/formats/detectFormat.ts'
import { splitSentences } from '../../../../src/shared/domain/sentences.ts'
import { writeSampleDocuments } from '../../../helpers/fixtures/sampleDocuments.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

const folder = path.resolve('resources/sample')
const documents = readdirSync(folder).filter((name) => name !== 'questions.json')

async function sentencesOf(name: string): Promise<readonly string[]> {
  const { pages } = await parseDocument(name, readFileSync(path.join(folder, name)))
  return pages.flatMap(({ text }) =>
    splitSentences(text).map(({ start, end }) => text.slice(start, end)),
  )
}

describe('the sample library', () => {
  it('has a file of each common format', () => {
    const found = new Set(
      documents.map((name) => detectFormat(name, readFileSync(path.join(folder, name)))),
    )
    expect(found).toEqual(new Set(['pdf', 'docx', 'html', 'markdown', 'text', 'csv']))
  })

  it.each(Object.entries(writeSampleDocuments()))(
    '%s is what its program writes',
    (name, bytes) => {
      // If this fails, run `node scripts/writeSampleLibrary.mjs`.
      expect(readFileSync(path.join(folder, name)).equals(bytes)).toBe(true)
    },
  )

  const answers: readonly (readonly [string, string, string])[] = [
    [
      'How many days of leave can be carried over?',
      'leave-policy.pdf',
      'Up to five days of leave can be carried over into the next year.',
    ],
    [
      'Why was the roof repair put off?',
      'board-minutes-2024-03.md',
      'The roof repair was put off until September because herring gulls are nesting in the north gutter and may not be disturbed before the young have flown.',
    ],
    [
      'What does error E4 on the pump mean?',
      'pump-x200-manual.html',
      'Error E4 on the pump means that it is running dry: no water reaches the inlet.',
    ],
  ]

  it('suggests the questions of these answers', () => {
    const questions: unknown = JSON.parse(readFileSync(path.join(folder, 'questions.json'), 'utf8'))
    expect(questions).toEqual(answers.map(([question]) => question))
  })

  it.each(answers)('%s: one sentence is the answer', async (_, name, answer) => {
    expect(await sentencesOf(name)).toContain(answer)
  })
})
