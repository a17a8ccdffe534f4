import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withSlashes } from '../../../../src/main/files/slashedZip.ts'
import { decodeWide } from '../../../../src/main/files/unmarkedUnicode.ts'
import { smallDocuments } from '../../../helpers/fixtures/documents.ts'
import { writeZip } from '../../../helpers/fixtures/writeZip.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'
import { decodeText } from '../../../../src/main/files/decodeText.ts'
import { defaultParseLimits } from '../../../../src/main/parsing/parseLimits.ts'

const decode = (bytes: Uint8Array): Promise<string> => decodeText(bytes, defaultParseLimits)

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from('Grüße, 東京 🐚')],
    ['UTF-8 with a mark', Buffer.from('\uFEFFGrüße, 東京 🐚')],
    ['UTF-16 LE with a mark', Buffer.from('\uFEFFGrüße, 東京 🐚', 'utf16le')],
    ['UTF-16 BE with a mark', Buffer.from('\uFEFFGrüße, 東京 🐚', 'utf16le').swap16()],
  ])('reads %s', async (_, bytes) => {
    expect(await decode(bytes)).toBe('Grüße, 東京 🐚')
  })

  it.each([
    ['LE', Buffer.from('Plain words without a mark', 'utf16le')],
    ['BE', Buffer.from('Plain words without a mark', 'utf16le').swap16()],
  ])('reads UTF-16 %s without a mark', async (_, bytes) => {
    expect(await decode(bytes)).toBe('Plain words without a mark')
  })

  it('reads windows-1252', async () => {
    const text = 'Der Gärtner grüßt die Köchin. Das Frühstück kostet zwölf Euro, für Gäste frei.'
    expect(await decode(Buffer.from(text, 'latin1'))).toBe(text)
  })

  it('reads the characters that windows-1252 adds to Latin-1', async () => {
    const bytes = Buffer.from(
      'Das Zimmer kostet 90 \x80 die Nacht, sagt der Portier \x96 f\xFCr zwei.',
      'latin1',
    )
    expect(await decode(bytes)).toBe(
      'Das Zimmer kostet 90 € die Nacht, sagt der Portier – für zwei.',
    )
  })

  it('does not read windows-1252 as a Central European encoding', async () => {
    const bytes = Buffer.from(
      'Un caf\xE9 por 3,50 \x80. El ni\xF1o ba\xF1a al ni\xF1o. Kvinnan \xE5t f\xF6r 45,90 \x80. 2,50 \x80.',
      'latin1',
    )
    expect(await decode(bytes)).toBe(
      'Un café por 3,50 €. El niño baña al niño. Kvinnan åt för 45,90 €. 2,50 €.',
    )
  })

  it('reads Polish of windows-1250', async () => {
    const polish = Buffer.from(
      'Za\xBF\xF3\xB3\xE6 g\xEA\x9Cl\xB9 ja\x9F\xF1, \x9Cwi\xEAta s\xB9 co roku, a \x9Cnieg jest zimny.',
      'latin1',
    )
    expect(await decode(polish)).toBe('Zażółć gęślą jaźń, święta są co roku, a śnieg jest zimny.')
  })

  it('reads Japanese in ASCII bytes if the encoding is named', async () => {
    const bytes = Buffer.from('\x1B$B5k;~\x1B(B 9', 'latin1')
    expect(await decodeText(bytes, defaultParseLimits, 'ISO-2022-JP')).toBe('給時 9')
  })

  it('reads short Russian text from DOS', async () => {
    // "Ключи у портье" in code page 866.
    const bytes = Buffer.from('8aabeee7a820e320afaee0e2eca5', 'hex')
    expect(await decode(bytes)).toBe('Ключи у портье')
  })

  it('reads a short table in Shift JIS', async () => {
    // "名前,年齢" and a name.
    const bytes = Buffer.from('96bc914f2c944e97ee0a8db293a191be985930', 'hex')
    expect(await decode(bytes)).toBe('名前,年齢\n佐藤太郎0')
  })

  it('normalises line breaks', async () => {
    expect(await decode(Buffer.from('a\r\nb\rc\nd'))).toBe('a\nb\nc\nd')
  })

  it('refuses text above the limit', async () => {
    const limits = { ...defaultParseLimits, textBytes: 1024 * 1024 }
    const big = new Uint8Array(1024 * 1024 + 1)
    await expect(decodeText(big, limits)).rejects.toThrow(/more than 1 MB of text/)
  })
})

/** Each character as four bytes. */
function utf32(text: string, isLittle: boolean): Buffer {
  const characters = Array.from(text)
  const bytes = Buffer.alloc(characters.length * 4)
  characters.forEach((one, at) => {
    const code = one.codePointAt(0) ?? 0
    if (isLittle) bytes.writeUInt32LE(code, at * 4)
    else bytes.writeUInt32BE(code, at * 4)
  })
  return bytes
}

const sentences = [
  'The winch is oiled every spring.',
  'Причал номер двенадцать свободен до мая.',
  'Το λιμάνι είναι κλειστό τον χειμώνα.',
  '港は冬の間、閉鎖されます。\n春に開きます。',
  'الميناء مغلق في الشتاء.',
]

describe('text of two or four bytes a character, without a mark', () => {
  it.each(sentences)('is read: %s', async (text) => {
    const wide = Buffer.from(text, 'utf16le')
    expect(await decode(wide)).toBe(text)
    expect(await decode(Buffer.from(wide).swap16())).toBe(text)
    expect(await decode(utf32(text, true))).toBe(text)
    expect(await decode(utf32(text, false))).toBe(text)
    const parsed = await parseDocument('a.txt', wide)
    expect(parsed.pages.map((page) => page.text)).toEqual([text])
  })

  it('of four bytes is read as it was written, with a mark or without', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.boolean(), (text, isLittle) => {
        const encoding = isLittle ? 'utf-32le' : 'utf-32be'
        const plain = text.replace(/^\uFEFF/u, '')
        expect(decodeWide(encoding, utf32(`\uFEFF${plain}`, isLittle))).toBe(plain)
      }),
    )
  })
})

describe('stray bytes', () => {
  it('of windows-1252 in UTF-8 are read as such, and spoil nothing else', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Name;Ort\nMüller;Köln\n'),
      Buffer.from('Sch\xE4fer;W\xFCrzburg\n', 'latin1'),
    ])
    expect(await decode(bytes)).toBe('Name;Ort\nMüller;Köln\nSchäfer;Würzburg\n')
  })

  it('spoil nothing of a long text in another script', async () => {
    const text = 'Причал номер двенадцать свободен. '.repeat(20)
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xff]), Buffer.from(text)])
    expect(await decode(bytes)).toBe(`${text}ÿ${text}`)
  })

  it('a zero in a text goes, and parts no word', async () => {
    const bytes = Buffer.from('Berth 12 is Tor\0vald’s until the end of August this year.')
    const { pages } = await parseDocument('a.txt', bytes)
    expect(pages[0]?.text).toBe('Berth 12 is Torvald’s until the end of August this year.')
  })

  it('a file of other bytes is no text because of a few letters', async () => {
    const bytes = Buffer.concat([Buffer.from('Words.'), Buffer.from([0, 1, 2, 3, 0, 5, 6, 0, 7])])
    await expect(parseDocument('a.txt', bytes)).rejects.toMatchObject({
      code: 'unsupported-format',
    })
  })
})

describe('names in a zip container that are parted by backslashes', () => {
  const zipped = smallDocuments.filter(({ bytes }) => bytes[0] === 0x50 && bytes[1] === 0x4b)

  it.each(zipped.map(({ name, bytes }) => ({ name, bytes })))('$name is read', async (file) => {
    const raw = Buffer.from(file.bytes)
    // As such programs write them, in the directory and before each part.
    const names = /(?:word|xl|ppt|OPS|META-INF|_rels|docProps)\/[\w./-]*/gu
    const text = raw.toString('latin1').replace(names, (name) => name.replaceAll('/', '\\'))
    const parted = Buffer.from(text, 'latin1')
    expect(withSlashes(parted)).not.toBe(parted)
    const one = await parseDocument(file.name, file.bytes)
    const other = await parseDocument(file.name, parted)
    expect(other.pages).toEqual(one.pages)
  })

  it('nothing else of a container changes, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }),
        fc.uint8Array(),
        (texts, junk) => {
          const zip = writeZip(texts.map((data, at) => ({ name: `a/${at}.txt`, data })))
          expect(withSlashes(zip)).toBe(zip)
          expect(withSlashes(junk)).toBe(junk)
          const cut = zip.subarray(0, Math.floor(zip.byteLength / 2))
          expect(withSlashes(cut)).toBe(cut)
        },
      ),
    )
  })
})
