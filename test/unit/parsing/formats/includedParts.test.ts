import { describe, expect, it } from 'vitest'
import { writeDocx } from '../../../helpers/fixtures/writeDocx.ts'
import { writeZip } from '../../../helpers/fixtures/writeZip.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

interface Part {
  readonly id: string
  readonly type: string
  readonly target: string
  readonly data: string | Uint8Array
}

/** A Word document whose body names other parts. */
function wordWith(body: string, parts: readonly Part[]): Uint8Array {
  const link = ({ id, type, target }: Part): string =>
    `<Relationship Id="${id}" Type="${relation}/${type}" Target="${target}"/>`
  return writeZip([
    {
      name: '_rels/.rels',
      data: `<Relationships><Relationship Id="a" Type="${relation}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    {
      name: 'word/_rels/document.xml.rels',
      data: `<Relationships>${parts.map(link).join('')}</Relationships>`,
    },
    { name: 'word/document.xml', data: `<w:document><w:body>${body}</w:body></w:document>` },
    ...parts.map(({ target, data }) => ({ name: `word/${target}`, data })),
  ])
}

async function read(bytes: Uint8Array): Promise<string> {
  const { pages } = await parseDocument('a.docx', bytes)
  return pages.map(({ text }) => text).join('\n')
}

const p = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

describe('parts that are included in a Word document', () => {
  it('a diagram follows the paragraph that it is in', async () => {
    const diagram =
      '<dgm:dataModel><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Inspect </a:t></a:r><a:r><a:t>the hull</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Paint the keel</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>'
    const body = `<w:p><w:r><w:t>Plan:</w:t></w:r><w:r><w:drawing><dgm:relIds r:dm="d1"/></w:drawing></w:r></w:p>${p('After it.')}`
    const part = { id: 'd1', type: 'diagramData', target: 'diagrams/data1.xml', data: diagram }
    expect(await read(wordWith(body, [part]))).toBe(
      'Plan:\n\n- Inspect the hull\n- Paint the keel\n\nAfter it.',
    )
  })

  it('a web page, a text and another document are read where they are', async () => {
    const inner = writeDocx([{ paragraph: 'From another document.' }])
    const body = `${p('Before.')}<w:altChunk r:id="c1"/><w:altChunk r:id="c2"/><w:altChunk r:id="c3"/>${p('After.')}`
    const parts = [
      { id: 'c1', type: 'aFChunk', target: 'chunk1.html', data: '<p>Of a page.</p>' },
      { id: 'c2', type: 'aFChunk', target: 'chunk2.txt', data: 'Of a text.' },
      { id: 'c3', type: 'aFChunk', target: 'chunk3.docx', data: inner },
    ]
    expect(await read(wordWith(body, parts))).toBe(
      'Before.\n\nOf a page.\n\nOf a text.\n\nFrom another document.\n\nAfter.',
    )
  })

  it('a part of another kind is named', async () => {
    const part = { id: 'c1', type: 'aFChunk', target: 'chunk1.rtf', data: '{\\rtf1 x}' }
    expect(await read(wordWith(`${p('Before.')}<w:altChunk r:id="c1"/>`, [part]))).toBe(
      'Before.\n\n[A part of this document could not be read: chunk1.rtf]',
    )
  })

  it('documents within documents are read only so deep', async () => {
    let bytes = writeDocx([{ paragraph: 'Deepest.' }])
    for (let depth = 0; depth < 8; depth += 1) {
      const part = { id: 'c', type: 'aFChunk', target: 'chunk.docx', data: bytes }
      bytes = wordWith(`${p(`Level ${8 - depth}.`)}<w:altChunk r:id="c"/>`, [part])
    }
    const text = await read(bytes)
    expect(text).toContain('Level 3.')
    expect(text).toContain('could not be read')
    expect(text).not.toContain('Deepest.')
  })
})
