import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { detectFormat } from '../../../../src/main/parsing/formats/detectFormat.ts'
import {
  formatIds,
  formats,
  readableExtensions,
  readableKinds,
} from '../../../../src/shared/domain/formats.ts'
import { keySentence, smallDocument, smallDocuments } from '../../../helpers/fixtures/documents.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

describe.each(formatIds)('the format %s', (id) => {
  const { name, kind, extensions, binary, firstBytes } = formats[id]

  it('has a small test document, which is read', async () => {
    const document = smallDocument(id)
    expect(extensions).toContain(document.name.split('.').at(-1))
    const { pages } = await parseDocument(document.name, document.bytes)
    expect(pages.map(({ text }) => text).join('\n')).toContain(keySentence)
  })

  it('is detected by each of its extensions, in upper or lower case', () => {
    const { bytes } = smallDocument(id)
    for (const extension of extensions) {
      expect(extension).toBe(extension.toLowerCase())
      expect(detectFormat(`keys.${extension}`, bytes)).toBe(id)
      expect(detectFormat(`KEYS.${extension.toUpperCase()}`, bytes)).toBe(id)
    }
  })

  it('is detected by its first bytes if it has any, whatever the name', () => {
    const { bytes } = smallDocument(id)
    expect(detectFormat('keys', bytes)).toBe(firstBytes === null ? 'text' : id)
    if (firstBytes !== null) expect(detectFormat('keys.csv', bytes)).toBe(id)
  })

  it('has first bytes if it is not plain text, and is not detected without them', () => {
    if (!binary) return
    expect(firstBytes).not.toBeNull()
    for (const extension of extensions) {
      expect(() => detectFormat(`a.${extension}`, Buffer.from('Just words.'))).toThrow(name)
    }
  })

  it('is named in the list of formats that can be read', async () => {
    expect(readableKinds).toContain(kind)
    expect((await readFile('README.md', 'utf8')).toLowerCase()).toContain(kind.toLowerCase())
  })
})

describe('all formats', () => {
  it('share no extension', () => {
    const all = formatIds.flatMap((id) => formats[id].extensions)
    expect(new Set(all).size).toBe(all.length)
    expect([...readableExtensions]).toEqual(all)
  })

  it('are listed for people, each kind once', () => {
    expect(readableKinds).toMatch(/^PDF, Word, .*e-mail.* and plain text$/u)
    expect(readableKinds.match(/spreadsheets/gu)).toHaveLength(1)
  })

  it.each(smallDocuments)(
    '$name: blocks are in order and within the text',
    async ({ name, bytes }) => {
      for (const { text, blocks } of (await parseDocument(name, bytes)).pages) {
        expect(blocks.length).toBeGreaterThan(0)
        let last = 0
        for (const { start, end } of blocks) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim())
          last = end
        }
      }
    },
  )
})

describe('the format of a file', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['report.txt', '%PDF-1.4\n…', 'pdf'],
    ['page.txt', '<!DOCTYPE html><p>Hello', 'html'],
    ['readme', 'Just words.', 'text'],
    ['notes.md', '# Notes', 'markdown'],
    ['NOTES.MD', '# Notes', 'markdown'],
    ['list.tsv', 'a\tb', 'csv'],
    ['main.py', 'print(1)', 'text'],
    ['mail.txt', 'From: a@b.c\nTo: d@e.f\nMIME-Version: 1.0\n\nHello', 'eml'],
    ['slides.zip', 'PK\x03\x04ppt/presentation.xml', 'pptx'],
    ['book', 'PK\x03\x04mimetypeapplication/epub+zip', 'epub'],
    ['table.ods', 'PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'xlsx'],
    // Marks of other formats that a text only names.
    ['mail.eml', 'From: a\nTo: b\nMIME-Version: 1.0\n\nAbout %PDF- headers', 'eml'],
    ['page.html', '<html><p>About %PDF- headers', 'html'],
    ['pump.txt', 'MZ-1000 pump manual', 'text'],
    ['rooms.csv', 'BM;Name\n7;Wiik', 'csv'],
    ['jazz.md', 'RIFFs in jazz', 'markdown'],
    ['ogg.txt', 'OggS is the mark of Ogg pages.', 'text'],
    ['rtf.txt', '{\\rtf is how such files begin.', 'text'],
    ['ps.txt', '%!PS is the first line of PostScript.', 'text'],
  ]
  it.each(cases)('%s holding %j is %s', (name, content, format) => {
    expect(detectFormat(name, new TextEncoder().encode(content))).toBe(format)
  })

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['photo.pdf', '\x89PNG\r\n\x1a\n\0\0', /picture/],
    ['old.doc', `\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1${spaced('WordDocument')}`, /old Word file/],
    ['locked.docx', `\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1${spaced('EncryptedPackage')}`, /password/],
    ['slides.ppt', `\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1${spaced('PowerPoint Document')}`, /old Power/],
    ['sheet.xlsb', 'PK\x03\x04xl/workbook.bin', /binary Excel/],
    ['text.odt', 'PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text', /OpenDocument/],
    ['book.epub', 'no book at all', /damaged/],
    ['all.zip', 'PK\x03\x04letter.pdf%PDF-1.4', /zip archive/],
    ['all.rar', 'Rar!\x1A\x07\0', /RAR archive/],
    ['letter.rtf', '{\\rtf1\\ansi Dear', /Rich Text.*Save it as Word/],
    ['letter.ps', '%!PS-Adobe-3.0\n', /PostScript/],
    ['x.csv', 'MZ\x90\0\x03\0\0\0', /a program, which Penknife does not read yet/],
    ['x.bin', 'ab\0\0\0cd\0', /another program/],
    ['x.pdf', 'no pdf at all', /damaged/],
  ]
  it.each(refused)('%s is refused with a reason', (name, content, reason) => {
    expect(() => detectFormat(name, Buffer.from(content, 'latin1'))).toThrow(reason)
  })

  function spaced(name: string): string {
    return name.split('').join('\0')
  }
})
