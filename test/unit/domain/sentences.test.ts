import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitSentences } from '../../../src/shared/domain/sentences.ts'

const split = (text: string): string[] =>
  splitSentences(text).map((range) => text.slice(range.start, range.end))

describe('splitSentences', () => {
  it.each<[string, string[]]>([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['No stop at the end', ['No stop at the end']],
    ['Dr. Smith met Mr. Jones. They talked.', ['Dr. Smith met Mr. Jones.', 'They talked.']],
    ['Use a port, e.g. Rust or C, i.e. any.', ['Use a port, e.g. Rust or C, i.e. any.']],
    ['The U.S. Army left. It rained.', ['The U.S. Army left.', 'It rained.']],
    ['He lived in the U.S. The war began.', ['He lived in the U.S.', 'The war began.']],
    ['See No. 5 and Fig. 3. It fits.', ['See No. 5 and Fig. 3.', 'It fits.']],
    ['The answer is no. We agree.', ['The answer is no.', 'We agree.']],
    ['It was J. R. Smith et al. 2004 who knew.', ['It was J. R. Smith et al. 2004 who knew.']],
    ['It costs $3.50 today. More later.', ['It costs $3.50 today.', 'More later.']],
    ['"Why?" he asked. "No." Then he left.', ['"Why?" he asked.', '"No."', 'Then he left.']],
    ['It ended (badly.) Then more.', ['It ended (badly.)', 'Then more.']],
    ['A claim.[12] Another one.', ['A claim.[12]', 'Another one.']],
    ["He was `` late . '' She was not .", ["He was `` late . ''", 'She was not .']],
    ['Visit www.example.com. Node.js is there.', ['Visit www.example.com.', 'Node.js is there.']],
    ['Wait... what? Well... Yes.', ['Wait... what?', 'Well...', 'Yes.']],
    ['这是一句。这是第二句！好', ['这是一句。', '这是第二句！', '好']],
    [
      'Room: 11; Floor: 1; View: Sea\nRoom: 12; Floor: 2; View: Bay',
      ['Room: 11; Floor: 1; View: Sea', 'Room: 12; Floor: 2; View: Bay'],
    ],
    ['Task | How often\nClean it | monthly', ['Task | How often', 'Clean it | monthly']],
    ['Was ist das? Ärger. Ein Wort.', ['Was ist das?', 'Ärger.', 'Ein Wort.']],
  ])('%s', (text, expected) => {
    expect(split(text)).toEqual(expected)
  })

  it('treats a newline in a paragraph as a space, and a blank line as an end', () => {
    expect(split('one line\ngoes on here.\n\nnext part\n \nlast')).toEqual([
      'one line\ngoes on here.',
      'next part',
      'last',
    ])
  })

  it('ends sentences at list items, headings and rows', () => {
    expect(
      split(
        '# Title\nText here.\n- first item\n- second item\n1. third\n(b) fourth\n| a | b |\n| c | d |',
      ),
    ).toEqual([
      '# Title',
      'Text here.',
      '- first item',
      '- second item',
      '1. third',
      '(b) fourth',
      '| a | b |',
      '| c | d |',
    ])
  })

  it('finds a heading by its short line', () => {
    const body = 'The budget was approved by the board in March, after two long\nmeetings in town.'
    expect(split(`Finance report\n${body}`)).toEqual(['Finance report', body])
  })

  it('returns nothing for blank text', () => {
    expect(splitSentences(' \n\t\n ')).toEqual([])
  })

  it('yields ordered, trimmed, disjoint ranges that cover everything but white space', () => {
    const piece = fc.constantFrom(
      ...[
        'Dr. ',
        'The end. ',
        '\n',
        '\n\n',
        '- ',
        '3. ',
        'x',
        ' ',
        '"',
        '?) ',
        '。',
        '\t',
        'e.g. ',
      ],
      ...['A', '...', '[1]', '| ', '# ', 'word ', '\r\n', '\u2028', '😀'],
    )
    const text = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(text, (value) => {
        let at = 0
        for (const { start, end } of splitSentences(value)) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          expect(value.slice(at, start).trim()).toBe('')
          expect(value.slice(start, end)).toBe(value.slice(start, end).trim())
          at = end
        }
        expect(value.slice(at).trim()).toBe('')
      }),
      { numRuns: 500 },
    )
  })
})

describe('sentences of other languages', () => {
  const whole = [
    ['German ordinals', 'Der Nachweis ist bis zum 3. Mai bei der Meisterei abzugeben.'],
    ['German centuries', 'Das Haus wurde im 19. Jahrhundert gebaut.'],
    ['German clubs', 'Gegen Lübeck gewann der 1. FC Hafenstadt.'],
    [
      'German abbreviations',
      'Die Miete beträgt lt. Vertrag 900 Euro, z. B. für Zimmer Nr. 4 bzw. Zimmer Nr. 5.',
    ],
    ['kings', 'König Friedrich II. Wrangel baute die Brücke bei St. Gallen.'],
    [
      'German letters',
      'Herr Dipl.-Ing. Kranz prüft u. a. Kräne, i. d. R. Winden und ggf. Motoren.',
    ],
    ['initials', 'It was found by Raymond S. Bradley, Paul P. Smith and Nora N. Berg.'],
    ['German pages', 'Der Preis steht auf S. 14 der Liste.'],
    ['German money', 'Der Umbau kostet 3 Mio. Euro.'],
    ['French titles', 'Le bail est signé par Mme Dupont et M. Leroy, av. Foch.'],
    ['Spanish titles', 'El contrato lo firma la Sra. García, pág. 4.'],
    ['Italian titles', 'Il contratto è firmato dal dott. Rossi e dalla sig.ra Bianchi.'],
    ['Portuguese titles', 'O contrato é assinado pelo Sr. Silva, pág. 4.'],
    ['Dutch abbreviations', 'De huur, d.w.z. EUR 900, wordt door dhr. Jansen betaald, blz. 4.'],
    ['Polish abbreviations', 'Umowa obejmuje np. Gdańsk i ul. Długą, tj. Śródmieście.'],
    ['Russian abbreviations', 'Дом стоит на ул. Садовой, т.е. Москва, стр. 4.'],
    ['Turkish abbreviations', 'Sözleşme Doç. Dr. Yılmaz tarafından imzalandı, bkz. Bölüm.'],
    ['Swedish abbreviations', 'Hyran gäller fr.o.m. Januari, dvs. Vintern.'],
  ] as const

  it.each(whole)('are one sentence: %s', (_what, text) => {
    expect(splitSentences(text)).toEqual([{ start: 0, end: text.length }])
  })

  const two = [
    ['a number', 'We sleep in room 3. The dogs sleep outside.'],
    ['a year', 'Das Haus steht seit 1931. Der Kran ist neuer.'],
    ['a German number', 'Wir wohnen in Zimmer 3. Die Hunde schlafen draußen.'],
    ['money', 'Der Umbau kostet 3 Mio. Der Rest ist bezahlt.'],
    ['and so on', 'Es gibt Tee, Brot usw. Die Küche schließt um acht.'],
    ['a Russian year', 'Кран построен в 1931 г. Он стоит у причала.'],
    ['a numeral', 'He fought in World War II. The bridge fell.'],
    ['pronouns', 'He told me. Then he left.'],
  ] as const

  it.each(two)('end after %s', (_what, text) => {
    expect(splitSentences(text)).toHaveLength(2)
  })
})
