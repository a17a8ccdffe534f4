import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeOds } from 'hucre/ods'
import { writeXlsx } from 'hucre/xlsx'
import { writeEpub } from '../helpers/fixtures/writeEpub.ts'
import { writePdf, type PdfText } from '../helpers/fixtures/writePdf.ts'
import { shape, writePptx } from '../helpers/fixtures/writePptx.ts'

const email = [
  'From: Ines Barros <ines@lantern.example>',
  'To: all@lantern.example',
  'Subject: Boiler inspection',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Dear all,',
  '',
  'the inspector looks at the boiler in the cellar on 14 October at nine. Please keep the door clear.',
]

function linesFrom(y: number, lines: readonly string[]): readonly PdfText[] {
  return lines.map((text, at) => ({ x: 72, y: y + at * 15, text }))
}

/**
 * Files of the formats that the sample library lacks; each has something that no other has,
 * once, so that even the demo model has no choice.
 */
const contents = {
  'spring.pptx': writePptx([
    { shapes: shape('ctrTitle', 'Opening in spring') },
    {
      shapes:
        shape('title', 'The lighthouse tour') +
        shape('body', 'The lighthouse tour begins at the flagpole at half past two.'),
    },
    { shapes: shape('title', 'Thank you') },
  ]),
  'boats.xlsx': await writeXlsx({
    sheets: [
      { name: 'Read me', rows: [['Prices are for a whole day.']] },
      {
        name: 'Boats for hire',
        rows: [
          ['Boat', 'Berth', 'Deposit'],
          ['Sailing dinghy', 'west pier', '60 euros'],
        ],
      },
    ],
  }),
  'laundry.ods': await writeOds({
    sheets: [
      {
        name: 'Linen',
        rows: [
          ['Item', 'Washing', 'Back on'],
          ['Tablecloth', '4 euros', 'Tuesday'],
        ],
      },
    ],
  }),
  'keeper.epub': writeEpub([
    '<h1>The keeper’s diary</h1><p>Written on the rock, in pencil.</p>',
    '<h1>The storm</h1><p>That night I carried the lamp oil up one hundred and forty steps.</p>',
  ]),
  // Its pages are numbered i, ii, iii; a sentence runs over the end of page ii.
  'foghorn.pdf': writePdf(
    [
      { texts: linesFrom(72, ['A short history of the foghorn']) },
      {
        texts: linesFrom(700, [
          'This page is about the men who looked after the engines of the station.',
          'In the first winter of its service the foghorn was sounded by the two',
        ]),
      },
      {
        texts: linesFrom(72, [
          'sisters of the blacksmith. They were paid in coal and candles for that,',
          'and a plate with their names is beside the door of the engine house.',
        ]),
      },
    ],
    { pageLabels: { 0: '/S /r' } },
  ),
  'boiler.eml': Buffer.from(email.join('\r\n')),
}

/** Writes them into a folder. @returns their paths. */
export function writeOfficeFiles(folder: string): readonly string[] {
  return Object.entries(contents).map(([name, bytes]) => {
    const file = path.join(folder, name)
    writeFileSync(file, bytes)
    return file
  })
}
