import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromDisk, toDisk } from '../../../src/main/disk/diskPath.ts'

const bytesOf = (path: string): Buffer => Buffer.from(toDisk(path))

describe('paths of names that are no UTF-8', () => {
  it('are text that leads back to the same bytes, also through JSON', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc.string({ unit: 'grapheme', maxLength: 4 }).map((text) => Buffer.from(text)),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const bytes = Buffer.concat(parts)
        const path = JSON.parse(JSON.stringify(fromDisk(bytes))) as string
        expect(bytesOf(path).equals(bytes)).toBe(true)
      }),
    )
  })

  it('are the text itself where they are UTF-8', () => {
    expect(fromDisk(Buffer.from('/a/Mu\u0308ller \u{1F600}.txt'))).toBe(
      '/a/Mu\u0308ller \u{1F600}.txt',
    )
    expect(toDisk('/a/Mu\u0308ller \u{1F600} \uFFFD.txt')).toBe(
      '/a/Mu\u0308ller \u{1F600} \uFFFD.txt',
    )
    expect(fromDisk(Buffer.from('M\u00FCller', 'latin1'))).toBe('M\uDCFCller')
  })
})
