import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
