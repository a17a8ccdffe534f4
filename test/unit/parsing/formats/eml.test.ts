import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leftOutWords } from '../../../../src/shared/domain/leftOut.ts'
import { readableHeader } from '../../../../src/main/parsing/formats/eml/headers.ts'
import { defaultParseLimits } from '../../../../src/main/parsing/parseLimits.ts'
import { parsers } from '../../../../src/main/parsing/formats/registry.ts'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

async function read(...lines: readonly string[]): Promise<readonly string[]> {
  return blockLines(await parseDocument('a.eml', Buffer.from(lines.join('\r\n'), 'latin1')))
}

describe('e-mails', () => {
  it('have a subject, sender, recipients, date and text', async () => {
    expect(
      await read(
        'From: =?utf-8?Q?In=C3=AAs?= <ines@x.y>',
        'To: a@x.y,',
        '\tb@x.y',
        'Subject: =?UTF-8?B?U2NobMO8c3Nl?= =?UTF-8?Q?l_weg?=',
        'Date: Mon, 1 Jan 2024 10:00:00 +0000',
        'Content-Type: text/plain; charset="iso-8859-1"',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Der Schl=FCssel ist =',
        'weg.',
        '',
        '> Wo ist er?',
      ),
    ).toEqual([
      'heading1: Schlüssel weg',
      'paragraph: From: Inês <ines@x.y>\nTo: a@x.y, b@x.y\nDate: Mon, 1 Jan 2024 10:00:00 +0000',
      'paragraph: Der Schlüssel ist weg.',
      'quote: > Wo ist er?',
    ])
  })

  const alternatives = (plain: readonly string[], html: string): readonly string[] => [
    'Subject: Keys',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=out',
    '',
    'ignored',
    '--out',
    'Content-Type: multipart/alternative; boundary="out-in"',
    '',
    '--out-in',
    ...plain,
    '--out-in',
    'Content-Type: text/html',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(html).toString('base64'),
    '--out-in--',
    '--out',
    "Content-Disposition: attachment; filename*=UTF-8''pl%C3%A4ne.pdf",
    'Content-Type: application/pdf',
    '',
    'JVBERi0=',
    '--out--',
  ]
  const html = '<p>In <b>HTML</b>.</p><script>no</script>'
  const attached = 'paragraph: Attachment: pläne.pdf'

  it.each([
    [
      ['Content-Type: text/plain', '', 'This message can only be read elsewhere.'],
      html,
      'In HTML.',
    ],
    [['Content-Type: text/x-amp-html', '', '<p>For few.</p>'], html, 'In HTML.'],
    [['Content-Type: text/plain', '', 'In plain text.'], '<p>&nbsp;</p>', 'In plain text.'],
  ])('%j beside %s says %s; attachments are named', async (plain, beside, says) => {
    expect(await read(...alternatives(plain, beside))).toEqual([
      'heading1: Keys',
      `paragraph: ${says}`,
      attached,
    ])
  })

  it('can have a named body; other named parts are attachments', async () => {
    const part = (type: string, disposition: string): readonly string[] => [
      '--b',
      `Content-Type: ${type}`,
      `Content-Disposition: ${disposition}; filename*0*=UTF-8''pl%C3%A4; filename*1="ne.txt"`,
      '',
      `${type}, ${disposition}.`,
    ]
    expect(
      await read(
        'Content-Type: multipart/mixed; boundary=b',
        '',
        ...part('text/plain', 'inline'),
        ...part('text/plain', 'attachment'),
        ...part('text/calendar', 'inline'),
        ...part('image/png', 'inline'),
        '--b--',
      ),
    ).toEqual([
      'paragraph: text/plain, inline.',
      'paragraph: Attachment: pläne.txt',
      'paragraph: Attachment: pläne.txt',
      'paragraph: Attachment: pläne.txt',
    ])
  })

  it('are read in the actual encoding of the text, whatever the header says', async () => {
    const cyrillic = Buffer.from('cff0e8e2e5f22c20eae0ea20e4e5ebe03f', 'hex').toString('latin1')
    const body = async (type: string, text: string): Promise<string | undefined> =>
      (await read(`Content-Type: ${type}`, '', text)).at(-1)
    const latin = Buffer.from('Schlüssel').toString('latin1')
    expect(await body('text/plain; charset=iso-8859-1', latin)).toBe('paragraph: Schlüssel')
    expect(await body('text/plain', cyrillic)).toBe('paragraph: Привет, как дела?')
    const page = `<meta charset="windows-1251"><p>${cyrillic.slice(0, 6)}</p>`
    expect(await body('text/html', page)).toBe('paragraph: Привет')
  })

  it('can have parts with odd headers, or with none', async () => {
    expect(
      await read(
        'Content-Type: multipart/digest; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain; format=flowed; delsp=yes',
        'Content-Transfer-Encoding: (as usual) "BASE64"',
        '',
        Buffer.from('One wor \nd\n').toString('base64'),
        '--b \t',
        '',
        'Subject: Two',
        '',
        'Three.',
        '',
        'Four.',
        '--b--',
      ),
    ).toEqual(['paragraph: One word', 'heading2: Two', 'paragraph: Three.', 'paragraph: Four.'])
    expect(
      await read('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'A.', '', 'B.'),
    ).toEqual(['paragraph: A.', 'paragraph: B.'])
    expect(await read('Content-Type: multipart/mixed', '', 'No parts.')).toEqual([
      'paragraph: No parts.',
    ])
  })

  it('are read below the e-mail that forwards them', async () => {
    expect(
      await read(
        'Subject: Fwd',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'Subject: First',
        '',
        'Hello.',
        '--b--',
      ),
    ).toEqual(['heading1: Fwd', 'heading2: First', 'paragraph: Hello.'])
  })

  it('are read to a limited depth', async () => {
    const deep = Array.from({ length: 5_000 }, () => 'Content-Type: message/rfc822\r\n\r\n')
    const blocks = await read(
      `Subject: Deep\r\nContent-Type: message/rfc822\r\n\r\n${deep.join('')}Subject: x\r\n\r\nend`,
    )
    expect(blocks).toEqual(['heading1: Deep'])
  })

  it('can have headers with words in several encodings', () => {
    expect(readableHeader('=?iso-2022-jp?B?GyRCNWs7fhsoQg==?= x =?koi8-r?Q?=EB=CC=C0=DE?=')).toBe(
      '給時 x Ключ',
    )
    expect(readableHeader('=?unknown?Q?x?=')).toBe('=?unknown?Q?x?=')
    expect(readableHeader('=?utf-8?Q?a b?= c')).toBe('a b c')
    // Two bytes of one character, each in its own encoded word.
    expect(readableHeader('=?utf-8?Q?gr=C3?= =?UTF-8?Q?=BCn?=')).toBe('grün')
  })

  it('have headers that are read to a limited length', async () => {
    const long = 'x'.repeat(2 * 1024 * 1024)
    expect(await read(`Subject: Keys`, `X-Long: ${long}`, 'From: late@x.y', '', 'Text.')).toEqual([
      'heading1: Keys',
      'paragraph: Text.',
    ])
  })
})

describe('parts of an e-mail', () => {
  type Part = readonly [type: string, ...lines: string[]]

  function multipart(subtype: string, ...parts: readonly (readonly string[])[]): readonly string[] {
    const boundary = `b-${subtype}`
    const inner = parts.flatMap((lines) => [`--${boundary}`, ...lines])
    return [`Content-Type: multipart/${subtype}; boundary="${boundary}"`, '', ...inner].concat(
      `--${boundary}--`,
    )
  }
  const part = (...[type, ...lines]: Part): readonly string[] => [
    `Content-Type: ${type}`,
    '',
    ...lines,
  ]
  const says = (...texts: readonly string[]): readonly string[] =>
    texts.map((text) => `paragraph: ${text}`)

  const meeting = 'The annual meeting was moved to the town hall and begins at seven. '
    .repeat(4)
    .trim()

  it.each<[string, readonly string[], readonly string[]]>([
    [
      'of versions within related parts, HTML, and what follows them',
      multipart(
        'mixed',
        multipart(
          'related',
          multipart(
            'alternative',
            part('text/plain', 'See HTML.'),
            part('text/html', '<p>All.</p>'),
          ),
          part('image/png', 'AAAA'),
        ),
        part('text/plain', 'Footer of the list.'),
      ),
      says('All.', 'Footer of the list.'),
    ],
    [
      'HTML beside an empty text',
      multipart('mixed', part('text/plain', ''), part('text/html', '<p>All.</p>')),
      says('All.'),
    ],
    [
      'several texts in a row',
      multipart('mixed', part('text/plain', 'One.'), part('text/html', '<p>Two.</p>'), [
        '',
        'Three.',
      ]),
      says('One.', 'Two.', 'Three.'),
    ],
    [
      'plain text where HTML is the placeholder',
      multipart(
        'alternative',
        part('text/plain', meeting),
        part('text/html', '<p>Show pictures to read.</p>'),
      ),
      says(meeting),
    ],
    [
      'HTML beside plain text of nothing but addresses',
      multipart(
        'alternative',
        part('text/plain', 'https://a.example/1 https://a.example/2 https://a.example/3 Hi there'),
        part('text/html', '<p>Hi there</p>'),
      ),
      says('Hi there'),
    ],
    [
      'plain text beside a calendar',
      multipart(
        'alternative',
        part('text/calendar', 'SUMMARY:Meet'),
        part('text/plain', 'At nine.'),
      ),
      says('At nine.'),
    ],
    [
      'a calendar if nothing else says anything',
      multipart('alternative', part('text/plain', ''), part('text/calendar', 'SUMMARY:Meet')),
      says('SUMMARY:Meet'),
    ],
    [
      'AMP if nothing else says anything',
      multipart('alternative', part('text/plain', ''), part('text/x-amp-html', '<p>Cabin 9</p>')),
      says('Cabin 9'),
    ],
    [
      'XHTML as a web page',
      multipart(
        'alternative',
        part('text/plain', 'No.'),
        part('application/xhtml+xml', '<p>Yes.</p>'),
      ),
      says('Yes.'),
    ],
    [
      'a version with a name',
      multipart('alternative', part('text/plain', 'No.'), [
        'Content-Type: text/html; name=b.html',
        'Content-Disposition: attachment; filename=b.html',
        '',
        '<p>Yes.</p>',
      ]),
      says('Yes.'),
    ],
    [
      'a message that is a named text',
      ['Content-Type: text/plain; name=a.txt', 'Content-Disposition: attachment', '', 'The body.'],
      says('The body.'),
    ],
    [
      'what is signed, without the signature',
      multipart('signed', part('text/plain', 'Signed.'), [
        'Content-Type: application/pkcs7-signature; name=smime.p7s',
        '',
        'AAAA',
      ]),
      says('Signed.'),
    ],
    [
      'why a message was not delivered, and which one',
      multipart(
        'report',
        part('text/plain', 'Not delivered.'),
        part('message/delivery-status', 'Status: 5.1.1'),
        part('text/rfc822-headers', 'To: x@y.z'),
      ),
      says('Not delivered.', 'Status: 5.1.1', 'To: x@y.z'),
    ],
    [
      'international messages that are passed on',
      multipart(
        'mixed',
        part('text/plain', 'Hi.'),
        part('message/global', 'Subject: In', '', 'Inner.'),
      ),
      ['paragraph: Hi.', 'heading2: In', 'paragraph: Inner.'],
    ],
  ])('are read: %s', async (_, lines, blocks) => {
    expect(await read(...lines)).toEqual(blocks)
  })

  it.each(['utf-16', 'utf-16le', 'utf-16be', 'unicode'])('are read in %s', async (charset) => {
    const text = Buffer.from('The gate opens, says Zoë.', 'utf16le')
    const bytes = charset === 'utf-16be' ? text.swap16() : text
    expect(
      await read(
        `Content-Type: text/plain; charset=${charset}`,
        'Content-Transfer-Encoding: base64',
        '',
        bytes.toString('base64'),
      ),
    ).toEqual(says('The gate opens, says Zoë.'))
  })

  it('are read in a file of two bytes a character', async () => {
    const message = 'Subject: Keys\r\nContent-Type: text/plain\r\n\r\nUnter der Matte, sagt Zoë.'
    for (const mark of ['\uFEFF', '']) {
      const bytes = Buffer.from(mark + message, 'utf16le')
      expect(blockLines(await parseDocument('a.eml', bytes))).toEqual([
        'heading1: Keys',
        ...says('Unter der Matte, sagt Zoë.'),
      ])
    }
  })

  it.each<[string, readonly string[], string]>([
    [
      'winmail.dat',
      ['Content-Type: application/ms-tnef; name="winmail.dat"', '', 'AAAA'],
      'Text or attachments in winmail.dat were not read. Ask the sender for the message as HTML or plain text.',
    ],
    [
      'winmail.dat of no type',
      ['Content-Type: application/octet-stream; name="WINMAIL.DAT"', '', 'AAAA'],
      'Text or attachments in winmail.dat were not read. Ask the sender for the message as HTML or plain text.',
    ],
    [
      'encrypted by S/MIME',
      ['Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=a.p7m', '', 'AAAA'],
      'An encrypted message was not read. Save it decrypted in your mail program and import that.',
    ],
    [
      'encrypted by OpenPGP',
      multipart('encrypted', part('application/pgp-encrypted', 'Version: 1')),
      'An encrypted message was not read. Save it decrypted in your mail program and import that.',
    ],
    ['a piece', part('message/partial; number=1', 'x'), '1 part of the message was not read.'],
    ['formatted text', part('text/rtf', '{\\rtf1 Hi}'), '1 part of the message was not read.'],
    [
      'files and pictures',
      multipart('mixed', part('image/png; name=a.png', 'A'), part('application/pdf', 'A'), [
        'Content-Type: text/plain; name=b.txt',
        'Content-Disposition: attachment',
        '',
        'b',
      ]),
      '1 picture and 2 attachments were not read.',
    ],
  ])('that are not read are told: %s', async (_, lines, words) => {
    const { leftOut } = await parseDocument('a.eml', Buffer.from(lines.join('\r\n'), 'latin1'))
    expect(leftOutWords(leftOut)).toBe(words)
  })
})

describe('damaged e-mails', () => {
  const whole = [
    'From: =?utf-8?B?SW7Dqg==?= <ines@x.y>',
    'MIME-Version: 1.0',
    'Subject: Keys',
    'Content-Type: multipart/mixed; boundary="out"',
    '',
    '--out',
    'Content-Type: multipart/alternative; boundary=out-in',
    '',
    '--out-in',
    'Content-Type: text/plain; charset=koi8-r; format=flowed; delsp=yes',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '> =EB=CC=C0=DE ',
    'more =',
    'text',
    '--out-in',
    'Content-Type: text/html',
    'Content-Transfer-Encoding: base64',
    '',
    'PHA+SW4gPGI+SFRNTDwvYj4uPC9wPg==',
    '--out-in--',
    '--out',
    'Content-Type: message/rfc822',
    '',
    'Subject: Inner',
    "Content-Disposition: attachment; filename*0*=UTF-8''a%20; filename*1=b",
    '',
    'Hello.',
    '--out--',
  ]
  const change = fc.record({
    line: fc.nat({ max: whole.length - 1 }),
    what: fc.constantFrom('drop', 'twice', 'cut', 'replace', 'insert'),
    at: fc.nat({ max: 80 }),
    text: fc.oneof(
      fc.constantFrom(
        ...whole,
        '',
        '"',
        ';',
        '=?',
        '?=',
        '%',
        '--',
        'Content-Type: multipart/digest',
      ),
      fc.string({ unit: 'binary-ascii', maxLength: 20 }),
    ),
  })

  function damaged(changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[]) {
    const lines = [...whole]
    for (const { line, what, at, text } of changes) {
      const old = lines[line] ?? ''
      if (what === 'drop') lines[line] = ''
      else if (what === 'twice') lines[line] = `${old}\r\n${old}`
      else if (what === 'cut') lines[line] = old.slice(0, at)
      else if (what === 'replace') lines[line] = text
      else lines[line] = old.slice(0, at) + text + old.slice(at)
    }
    return lines.join('\r\n')
  }

  it('give blocks within their text, or a reason', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const broken = damaged(changes)
        const bytes = Buffer.from(broken, 'latin1')
        const { pages } = await parsers.eml(bytes, {
          limits: defaultParseLimits,
          signal: new AbortController().signal,
          onPage: () => undefined,
        })
        expect(pages).toHaveLength(1)
        for (const { text, blocks } of pages) {
          expect(text.length).toBeLessThan(4 * broken.length + 1_000)
          for (const { start, end } of blocks) expect(text.slice(start, end).trim()).not.toBe('')
        }
      }),
      { numRuns: 300 },
    )
  })
})
