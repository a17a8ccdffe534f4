import { deflateSync } from 'node:zlib'
import { nested, times, type Bomb } from './bomb.ts'

interface Stream {
  readonly dictionary: string
  readonly data: Uint8Array
}

/** Writes a PDF of the bodies of its objects, whose numbers begin with 1; 1 is the catalog. */
function writeObjects(objects: readonly (string | Stream)[], trailer = ''): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const offsets: number[] = []
  let length = parts[0]?.byteLength ?? 0
  const write = (part: Uint8Array | string): void => {
    const bytes = Buffer.from(part)
    parts.push(bytes)
    length += bytes.byteLength
  }
  objects.forEach((object, index) => {
    offsets.push(length)
    write(`${String(index + 1)} 0 obj\n`)
    if (typeof object === 'string') write(`${object}\nendobj\n`)
    else {
      const { dictionary, data } = object
      write(`<< ${dictionary} /Length ${String(data.byteLength)} >>\nstream\n`)
      write(data)
      write('\nendstream\nendobj\n')
    }
  })
  const start = length
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  write(`xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${rows}`)
  write(`trailer\n<< /Size ${String(objects.length + 1)} /Root 1 0 R ${trailer} >>\nstartxref\n`)
  write(`${String(start)}\n%%EOF\n`)
  return Buffer.concat(parts)
}

const catalog = '<< /Type /Catalog /Pages 2 0 R >>'
const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
const line = 'BT /F1 12 Tf 50 700 Td (A line of text) Tj ET\n'

/** A document of one page (object 3) with a font (4) and this content (5). */
function onePage(
  content: Stream,
  { box = '[0 0 595 842]', resources = '', more = [] as readonly (string | Stream)[] } = {},
): Uint8Array {
  return writeObjects([
    catalog,
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox ${box} /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> ${resources} >> >>`,
    font,
    content,
    ...more,
  ])
}

const plain = (text: string): Stream => ({ dictionary: '', data: Buffer.from(text) })
const deflated = (data: Uint8Array | string): Stream => {
  return { dictionary: '/Filter /FlateDecode', data: deflateSync(data) }
}

/** PDF files whose structure has no end, or whose streams unpack to gigabytes. */
export const pdfBombs: readonly Bomb[] = [
  {
    name: '5,000 pages.pdf',
    bytes() {
      const pages = Array.from({ length: 5_000 }, () => {
        return '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>'
      })
      const kids = times(5_000, (i) => `${String(i + 5)} 0 R `)
      return writeObjects([
        catalog,
        `<< /Type /Pages /Count 5000 /Kids [${kids}] >>`,
        font,
        plain(line),
        ...pages,
      ])
    },
  },
  {
    name: 'a page tree in a circle.pdf',
    bytes: () =>
      writeObjects([
        catalog,
        '<< /Type /Pages /Count 1000 /Kids [3 0 R] >>',
        '<< /Type /Pages /Count 1000 /Parent 2 0 R /Kids [2 0 R 3 0 R] >>',
      ]),
  },
  {
    name: 'a billion pages that are not there.pdf',
    bytes: () =>
      writeObjects([
        catalog,
        '<< /Type /Pages /Count 1000000000 /Kids [3 0 R] >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
      ]),
  },
  {
    name: 'a page tree 50,000 deep.pdf',
    bytes: () =>
      writeObjects([
        catalog,
        ...Array.from({ length: 50_000 }, (_, i) => {
          return `<< /Type /Pages /Count 1 /Kids [${String(i + 3)} 0 R] >>`
        }),
        '<< /Type /Page /MediaBox [0 0 595 842] >>',
      ]),
  },
  {
    name: 'tables of references in a circle.pdf',
    bytes: () => {
      const file = writeObjects([catalog, '<< /Type /Pages /Count 0 /Kids [] >>'], '/Prev 0')
      const text = Buffer.from(file).toString('latin1')
      const at = text.lastIndexOf('xref', text.lastIndexOf('startxref') - 1)
      return text.replace('/Prev 0', `/Prev ${String(at)}`)
    },
  },
  {
    name: 'references to themselves.pdf',
    bytes: () => writeObjects(['1 0 R', '2 0 R']),
  },
  {
    name: 'a stream of objects that unpacks to a gigabyte.pdf',
    bytes: () =>
      writeObjects([
        catalog,
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        {
          dictionary: '/Type /ObjStm /N 100000000 /First 8 /Filter [/FlateDecode /FlateDecode]',
          data: deflateSync(deflateSync(Buffer.alloc(256 * 1024 * 1024, '1 0 '))),
        },
      ]),
  },
  {
    name: 'a page that unpacks to 300 MB of text.pdf',
    bytes: () =>
      onePage({
        dictionary: '/Filter [/FlateDecode /FlateDecode]',
        data: deflateSync(deflateSync(Buffer.alloc(300 * 1024 * 1024, line))),
      }),
  },
  {
    name: 'a page of 300,000 lines.pdf',
    bytes: () =>
      onePage(
        deflated(
          `BT /F1 1 Tf ${times(300_000, (i) => `1 0 0 1 ${String((i * 7919) % 595)} ${String((i * 104729) % 842)} Tm (word) Tj\n`)} ET`,
        ),
      ),
  },
  {
    name: 'a page larger than the moon.pdf',
    bytes: () => onePage(plain(line), { box: '[0 0 1e300 1e300]' }),
  },
  {
    name: 'a million saved states.pdf',
    bytes: () => onePage(deflated(`${'q '.repeat(1_000_000)}${line}`)),
  },
  {
    name: 'a form that draws itself.pdf',
    bytes: () =>
      onePage(plain('/X Do'), {
        resources: '/XObject << /X 6 0 R >>',
        more: [
          {
            dictionary:
              '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>',
            data: Buffer.from('/X Do /X Do'),
          },
        ],
      }),
  },
  {
    name: 'forms that double thirty times.pdf',
    bytes: () =>
      onePage(plain('/X Do'), {
        resources: '/XObject << /X 6 0 R >>',
        more: Array.from({ length: 30 }, (_, i): Stream => {
          return {
            dictionary: `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 4 0 R >> /XObject << /X ${String(i + 7)} 0 R >> >>`,
            data: Buffer.from(i === 29 ? line : '/X Do /X Do'),
          }
        }),
      }),
  },
  {
    name: 'arrays 100,000 deep.pdf',
    bytes: () => onePage(plain(`${nested('[', '1', ']', 100_000)} TJ ${line}`)),
  },
  {
    name: 'a dictionary 100,000 deep.pdf',
    bytes: () => writeObjects([nested('<< /A ', '1', ' >>', 100_000), catalog]),
  },
  {
    name: 'a stream of a hundred filters.pdf',
    bytes: () =>
      onePage({
        dictionary: `/Filter [${'/ASCIIHexDecode '.repeat(100)}]`,
        data: Buffer.from('41>'),
      }),
  },
  {
    name: 'a picture of a hundred gigabytes.pdf',
    bytes: () =>
      onePage(plain('/P Do'), {
        resources: '/XObject << /P 6 0 R >>',
        more: [
          {
            dictionary:
              '/Type /XObject /Subtype /Image /Width 200000 /Height 200000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode',
            data: deflateSync(Buffer.alloc(1_000)),
          },
        ],
      }),
  },
  {
    name: 'a map of four billion characters.pdf',
    bytes: () => {
      const file = onePage(plain('BT /F2 12 Tf <0001> Tj ET'), {
        resources: '/Font << /F2 6 0 R >>',
        more: [
          '<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 8 0 R >>',
          '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>',
          plain(
            'begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap',
          ),
        ],
      })
      return Buffer.from(
        Buffer.from(file).toString('latin1').replace('/Font << /F1 4 0 R >> ', ''),
        'latin1',
      )
    },
  },
  {
    name: 'nothing but a beginning.pdf',
    bytes: () => `%PDF-1.7\n${'1 0 obj << /Type /Page '.repeat(50_000)}`,
  },
]
