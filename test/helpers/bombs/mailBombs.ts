import { times, type Bomb } from './bomb.ts'

const head = (more: string): string =>
  `From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nMessage-ID: <1@example.org>\n${more}`
const text = 'Content-Type: text/plain\n\nA line of text.\n'

/** E-mails with more parts, levels or headers than anyone sends. */
export const mailBombs: readonly Bomb[] = [
  {
    name: '100,000 parts.eml',
    bytes: () =>
      `${head('Content-Type: multipart/mixed; boundary=x\n\n')}${`--x\n${text}`.repeat(100_000)}--x--\n`,
  },
  {
    name: '10,000 messages within messages.eml',
    bytes: () =>
      `${head('Subject: outer\n')}${'Content-Type: message/rfc822\n\nFrom: a@example.org\n'.repeat(10_000)}${text}`,
  },
  {
    name: '10,000 levels of parts.eml',
    bytes: () =>
      `${head('')}${times(10_000, (i) => `Content-Type: multipart/mixed; boundary=b${String(i)}\n\n--b${String(i)}\n`)}${text}`,
  },
  {
    name: 'a header of 10 MB.eml',
    bytes: () => `${head(`Subject: ${'word '.repeat(2_000_000)}\n`)}${text}`,
  },
  {
    name: 'a header of 10 MB in folded lines.eml',
    bytes: () => `${head(`Subject: ${'word\n '.repeat(1_700_000)}\n`)}${text}`,
  },
  {
    name: '200,000 headers.eml',
    bytes: () => `${head(times(200_000, (i) => `X-${String(i)}: value\n`))}${text}`,
  },
  {
    name: '70 MB in base64.eml',
    bytes: () =>
      `${head('Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n')}${Buffer.alloc(70_000_000, 'never ').toString('base64')}`,
  },
  {
    name: 'nothing but escapes.eml',
    bytes: () =>
      `${head('Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n')}${'=E2=80=\n'.repeat(300_000)}`,
  },
  {
    name: 'a file name in 100,000 sections.eml',
    bytes: () =>
      `${head(`Content-Type: application/pdf;\n${times(100_000, (i) => ` name*${String(i)}*=%41;\n`)}\n\n`)}x`,
  },
  {
    name: '100,000 encoded words.eml',
    bytes: () =>
      `${head(`Subject: ${'=?utf-8?Q?=C3?= =?utf-8?Q?=A4?=\n '.repeat(50_000)}\n`)}${text}`,
  },
  {
    name: 'quotation marks that never close.eml',
    bytes: () =>
      `${head(`Content-Type: multipart/mixed; boundary="${'\\"'.repeat(200_000)}\n\n`)}${text}`,
  },
]
