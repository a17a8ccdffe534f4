import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Run } from '../../../src/shared/domain/page.ts'
import type { ViewerPage } from '../../../src/renderer/src/features/viewer/documentPages.ts'
import { DrawnPage } from '../../../src/renderer/src/features/viewer/DrawnPage.tsx'
import { marksByPage } from '../../../src/renderer/src/features/viewer/marks.ts'
import type { PdfDrawing } from '../../../src/renderer/src/features/viewer/pdfDrawing.ts'

const neverDrawn: PdfDrawing = {
  size: () => Promise.resolve({ width: 400, height: 800 }),
  draw: () => new Promise(() => undefined),
  dispose: () => undefined,
}

function page(number: number, text: string, runs: readonly Run[]): ViewerPage {
  const layout = { page: number, width: 400, height: 800, runs }
  return { page: number, text, blocks: [{ kind: 'paragraph', start: 0, end: text.length }], layout }
}

it('marks a sentence on each page that it runs over, and scrolls to its beginning', () => {
  const text = 'The ferry that sails to the islands is late.'
  const pages = new Map(
    [
      page(3, text, [
        { start: 0, end: 9, box: [50, 700, 60, 12] },
        { start: 10, end: 20, page: 4, box: [50, 60, 70, 12] },
        { start: 21, end: text.length, page: 6, box: [50, 90, 80, 12] },
      ]),
      page(4, '', []),
      page(5, 'Map', []),
      page(6, 'It is free.', [{ start: 0, end: 11, box: [140, 90, 60, 12] }]),
    ].map((one) => [one.page, one]),
  )
  const marks = marksByPage({
    target: { page: 3, range: { start: 0, end: text.length } },
    hits: [],
    currentHit: -1,
    passages: [],
  })
  const boxesOn = (number: number) => {
    const { container } = render(
      <DrawnPage
        drawing={neverDrawn}
        number={number}
        name="Harbour"
        place={`page ${number}`}
        pages={pages}
        marks={marks}
        width={400}
        height={800}
      />,
    )
    return [...container.querySelectorAll<HTMLElement>('.is-highlight')].map(
      ({ style, dataset }) => [style.top, style.width, dataset.reveal],
    )
  }
  expect([3, 4, 5, 6].map(boxesOn)).toEqual([
    [['700px', '60px', 'highlight']],
    [['60px', '70px', undefined]],
    [],
    [['90px', '80px', undefined]],
  ])
})
