import { describe, expect, it } from 'vitest'
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
