import { describe, expect, it } from 'vitest'
import { readableHeader } from '../../../../src/main/parsing/formats/eml/headers.ts'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

async function read(...lines: readonly string[]): Promise<readonly string[]> {
  return blockLines(await parseDocument('a.eml', Buffer.from(lines.join('\r\n'), 'latin1')))
}

describe('e-mails', () => {
  it('are their subject, who wrote when to whom, and the text', async () => {
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

  it('are read in plain text where there is some, else in HTML; attachments are named', async () => {
    const parts = (plain: string): readonly string[] => [
      'Subject: Keys',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=out',
      '',
      'ignored',
      '--out',
      'Content-Type: multipart/alternative; boundary="in"',
      '',
      '--in',
      'Content-Type: text/plain',
      '',
      plain,
      '--in',
      'Content-Type: text/html',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('<p>In <b>HTML</b>.</p><script>no</script>').toString('base64'),
      '--in--',
      '--out',
      "Content-Disposition: attachment; filename*=UTF-8''pl%C3%A4ne.pdf",
      'Content-Type: application/pdf',
      '',
      'JVBERi0=',
      '--out--',
    ]
    const attached = 'paragraph: Attachment: pläne.pdf'
    expect(await read(...parts('In plain text.'))).toEqual([
      'heading1: Keys',
      'paragraph: In plain text.',
      attached,
    ])
    expect(await read(...parts(' '))).toEqual(['heading1: Keys', 'paragraph: In HTML.', attached])
  })

  it('that were passed on are read below the one that holds them', async () => {
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

  it('nested without end are read as far as any real one goes', async () => {
    const deep = Array.from({ length: 5_000 }, () => 'Content-Type: message/rfc822\r\n\r\n')
    const blocks = await read(
      `Subject: Deep\r\nContent-Type: message/rfc822\r\n\r\n${deep.join('')}Subject: x\r\n\r\nend`,
    )
    expect(blocks).toEqual(['heading1: Deep'])
  })

  it('have headers with words in several encodings', () => {
    expect(readableHeader('=?iso-2022-jp?B?GyRCNWs7fhsoQg==?= x =?koi8-r?Q?=EB=CC=C0=DE?=')).toBe(
      '給時 x Ключ',
    )
    expect(readableHeader('=?unknown?Q?x?=')).toBe('=?unknown?Q?x?=')
  })
})
