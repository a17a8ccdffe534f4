import type { Bomb } from './bomb.ts'
import { containers, docx, type Container } from './containers.ts'
import { packedEntry, packedFlood, writeRawZip, type RawEntry } from './rawZip.ts'

const gibibyte = 1024 * 1024 * 1024

function withText({ others, textPart }: Container, entry: Omit<RawEntry, 'name'>): Uint8Array {
  return writeRawZip([...others, { name: textPart, ...entry }])
}

/** One part that unpacks to a gigabyte. */
const flat = containers.map((container): Bomb => {
  return {
    name: `flat bomb.${container.extension}`,
    bytes: () => withText(container, { packed: packedFlood(1024), size: gibibyte }),
  }
})

/** The same, said to be ten bytes. */
const lying = containers.map((container): Bomb => {
  return {
    name: `lying size.${container.extension}`,
    bytes: () => withText(container, { packed: packedFlood(1024), size: 10 }),
  }
})

/** Thousands of parts that are one and the same data (D. Fifield, A better zip bomb, 2019). */
const overlapping = containers.map((container): Bomb => {
  return {
    name: `overlapping parts.${container.extension}`,
    bytes() {
      const size = 16 * 1024 * 1024
      const shared = { packed: packedFlood(16), size }
      const others = Array.from({ length: 5_000 }, (_, index) => {
        return { ...shared, name: `part${String(index)}.xml`, shares: true as const }
      })
      return writeRawZip([{ name: container.textPart, ...shared }, ...container.others, ...others])
    },
  }
})

const shapes: readonly Bomb[] = [
  {
    name: 'containers within containers.docx',
    bytes() {
      const text = packedEntry(docx.textPart, '<w:p><w:r><w:t>core</w:t></w:r></w:p>')
      let inner = writeRawZip([...docx.others, text])
      for (let depth = 0; depth < 40; depth += 1) {
        const copies = Array.from({ length: 4 }, (_, copy) =>
          packedEntry(`word/embeddings/${String(copy)}.docx`, inner),
        )
        inner = writeRawZip([...docx.others, text, ...copies.slice(0, depth < 6 ? 4 : 1)])
      }
      return inner
    },
  },
  {
    name: 'container that holds itself.docx',
    bytes() {
      const size = 4_096
      // Its data begin where the container begins.
      const self: RawEntry = { name: docx.textPart, packed: Buffer.alloc(0), size, shares: true }
      return writeRawZip([...docx.others, { ...self, method: 0 }])
    },
  },
  {
    name: 'seventy thousand parts.docx',
    bytes: () =>
      writeRawZip([
        packedEntry(docx.textPart, '<w:p><w:r><w:t>text</w:t></w:r></w:p>'),
        ...docx.others,
        ...Array.from({ length: 70_000 }, (_, index): RawEntry => {
          return {
            name: `word/${String(index)}.xml`,
            packed: Buffer.alloc(0),
            size: 0,
            shares: true,
          }
        }),
      ]),
  },
  {
    name: 'damaged stream.xlsx',
    bytes: () => writeRawZip([{ name: 'xl/workbook.xml', packed: Buffer.alloc(50, 255), size: 9 }]),
  },
]

/** Containers that unpack to far more than they are, or never end. */
export const zipBombs: readonly Bomb[] = [...flat, ...lying, ...overlapping, ...shapes]
