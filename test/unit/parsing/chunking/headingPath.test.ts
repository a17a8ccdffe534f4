import { describe, expect, it } from 'vitest'
import { createHeadingPath } from '../../../../src/main/parsing/chunking/headingPath.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

/** What is above each block of a document. */
async function pathsOf(name: string, content: string): Promise<readonly (readonly string[])[]> {
  const { pages } = await parseDocument(name, new TextEncoder().encode(content))
  const headings = createHeadingPath()
  return pages.flatMap((page) =>
    page.blocks.map((block) => headings.enter(page, block).map(({ text }) => text)),
  )
}

describe('what is above a row of a table', () => {
  it('is its headings, those of a banner with what is below it', async () => {
    const source =
      '# Sales\n\n<table><tr><th rowspan=2>Region</th><th colspan=2>2022</th></tr><tr><th>Spring</th><th>Autumn</th></tr><tr><td>North</td><td>10</td><td>20</td></tr></table>'
    const paths = await pathsOf('a.md', source)
    expect(paths.at(-1)).toEqual(['Sales', 'Region | 2022 Spring | 2022 Autumn'])
  })

  it('is nothing where each row has the names of its columns', async () => {
    expect(await pathsOf('a.csv', 'Room,Price\nGull,90\nTern,75\n')).toEqual([[], []])
  })

  it('is nothing of the table before it', async () => {
    const paths = await pathsOf(
      'a.csv',
      'Room,Price\nGull,90\n\nSigne Aas,Porter\nOlav Brekke,Cook 2\n',
    )
    expect(paths).toEqual([[], ['Signe Aas | Porter'], ['Signe Aas | Porter']])
  })

  it('is no row of figures', async () => {
    expect(await pathsOf('a.csv', '1,2\n3,4\n')).toEqual([[], []])
  })
})
