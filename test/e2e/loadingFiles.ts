import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeDocxXml } from '../helpers/fixtures/writeDocx.ts'
import { writeEpub } from '../helpers/fixtures/writeEpub.ts'
import { writePdf } from '../helpers/fixtures/writePdf.ts'
import { ranFlag, type LoadingMarkup } from '../helpers/loadingMarkup.ts'

/** A sentence of each of the files, by which a search finds them. */
export const commonSentence = 'The quay of the otters closes at seven.'

/** Windows allows none of the other signs in a name. */
const nameAsMarkup =
  process.platform === 'win32' ? '[a](javascript&#58;0) !' : `<img src=x onerror=${ranFlag}=1> `

/**
 * Writes a file of each kind that may hold markup, with markup in its name, title and author too.
 *
 * @param base address of the server that the markup loads from.
 * @returns their paths.
 */
export function writeLoadingFiles(
  folder: string,
  markup: LoadingMarkup,
  base: string,
): readonly string[] {
  return Object.entries(contentsOf(markup, base)).map(([kind, content]) => {
    const file = path.join(folder, `${nameAsMarkup}.${kind}`)
    writeFileSync(file, content)
    return file
  })
}

function contentsOf(
  { html, markdown }: LoadingMarkup,
  base: string,
): Readonly<Record<string, string | Uint8Array>> {
  const elements = Object.values(html)
  const texts = [...elements, ...Object.values(markdown)]
  const lines = [`# ${commonSentence}`, ...texts].join('\n\n')
  const page = pageOf(elements, base)
  return {
    md: lines,
    txt: lines,
    html: page,
    eml: mailOf(page, base),
    csv: tableOf(texts, base),
    epub: writeEpub(
      [`<p>${commonSentence}</p>${elements.join('\n')}`, ...texts.map(paragraph)],
      [{ name: 'OPS/a.css', data: `@import url(${base}/epub-css);` }],
    ),
    docx: wordOf(texts, base),
    pdf: writePdf(
      [
        {
          link: `${base}/pdf-link`,
          texts: texts.map((text, line) => ({
            x: 30,
            y: 40 + 14 * line,
            text: plain(text),
            size: 6,
          })),
        },
      ],
      { openAction: `<< /S /JavaScript /JS (app.launchURL\\("${base}/pdf-script"\\)) >>` },
    ),
  }
}

function pageOf(elements: readonly string[], base: string): string {
  const head = `<title>${escaped(`<img src="${base}/page-title">`)}</title><meta name="author" content="<img src=${base}/author>">`
  // As text too, as in a page that explains markup.
  const shown = elements.map((one) => paragraph(one)).join('\n')
  return `<!DOCTYPE html><html manifest="${base}/manifest"><head>${head}</head><body><p>${commonSentence}</p>${elements.join('\n')}\n${shown}</body></html>`
}

function mailOf(page: string, base: string): string {
  return [
    `From: "<img src=${base}/from>" <otter@example.invalid>`,
    `Subject: =?utf-8?B?${Buffer.from(`<img src="${base}/subject">`).toString('base64')}?=`,
    `List-Unsubscribe: <${base}/unsubscribe>`,
    `Disposition-Notification-To: ${base}/notification`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=part',
    '',
    '--part',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(page).toString('base64'),
    '--part',
    `Content-Type: message/external-body; access-type=URL; URL="${base}/external-body"`,
    '',
    '--part--',
  ].join('\r\n')
}

function tableOf(texts: readonly string[], base: string): string {
  const formulas = [
    `=HYPERLINK("${base}/csv-link","open")`,
    `=WEBSERVICE("${base}/csv-service")`,
    `=IMAGE("${base}/csv-image")`,
    `=IMPORTXML("${base}/csv-import","//a")`,
    `@SUM(1+1)*cmd|' /C calc'!A0`,
  ]
  const rows = [['Name', commonSentence], ...[...formulas, ...texts].map((one) => ['otter', one])]
  return rows
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n')
}

function wordOf(texts: readonly string[], base: string): Uint8Array {
  const run = (text: string): string =>
    `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
  const field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDEPICTURE "${base}/docx-field" \\d</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
  const picture = `<w:r><w:pict><v:imagedata xmlns:v="v" xmlns:r="r" r:href="${base}/docx-picture"/></w:pict></w:r>`
  const paragraphs = [commonSentence, ...texts].map((text) => `<w:p>${run(text)}</w:p>`)
  return writeDocxXml({
    body: `${paragraphs.join('')}<w:p>${field}${picture}<w:hyperlink w:anchor="${base}/docx-link">${run('link')}</w:hyperlink></w:p>`,
  })
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** Helvetica has no line breaks. */
function plain(text: string): string {
  return text.replaceAll('\n', ' ')
}
