import { cleanup, render } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/shared/domain/conversation.ts'
import { copyableAnswer } from '../../../src/renderer/src/features/ask/citations.ts'
import type { TurnActions } from '../../../src/renderer/src/features/ask/turnActions.ts'
import { TurnView } from '../../../src/renderer/src/features/ask/TurnView.tsx'
import { TooltipProvider } from '../../../src/renderer/src/ui/Tooltip.tsx'
import { turnOf } from '../../helpers/fakeAnswers.ts'
import { answerOfPassages, writtenAnswer } from '../../helpers/injectedAnswers.ts'
import { injections } from '../../helpers/injections.ts'

function show(answer: Answer): HTMLElement {
  cleanup()
  const { container } = render(
    <TooltipProvider>
      <TurnView
        turn={turnOf('t', 'When does the ferry leave?', answer)}
        running={null}
        busy={false}
        active={-1}
        longestAnswer={null}
        scopeName="All documents"
        allDocuments={null}
        actions={{} as TurnActions}
        writesFields={false}
        writesForm="markdown"
        templates={new Set()}
      />
    </TooltipProvider>,
  )
  return container
}

/** What Penknife says of an answer, beside the marks in it. */
function ownParts(container: HTMLElement): readonly string[] {
  const own = container.querySelectorAll(
    'h1, h2, button:not(.pk-cite), .pk-turn-label, .pk-notfound-title, .pk-turn-note',
  )
  return [...own].map((one) => one.textContent)
}

/** Sentences that a model wrote are marked; the words of a document never are. */
function marksOf({ sentences }: Answer) {
  return {
    cited: sentences.reduce(
      (sum, { citations }) => sum + new Set(citations.map(({ number }) => number)).size,
      0,
    ),
    doubtful: sentences.filter(({ support }) => support !== 'whole').length,
  }
}

describe.each(injections)('a document with a false $kind', (injection) => {
  const answers = [writtenAnswer(injection), answerOfPassages(injection)]

  it('adds no mark, label or button to the window', () => {
    for (const answer of answers) {
      const container = show(answer)
      const { cited, doubtful } = marksOf(answer)
      expect(container.querySelectorAll('.pk-cite')).toHaveLength(cited)
      expect(container.querySelectorAll('.pk-spoken').length).toBeLessThanOrEqual(doubtful)
      expect(ownParts(container)).toEqual(ownParts(show({ ...answer, text: 'x' })))
    }
  })

  it('is copied with a line for each citation, and no line that looks like one', () => {
    for (const answer of answers) {
      const list = copyableAnswer(answer).slice(answer.text.length)
      const lines = list.split('\n').filter((line) => line !== '')
      const places = answer.sentences.flatMap(({ citations }) => citations)
      expect(lines.length).toBe(
        new Set(places.map(({ number, start, end }) => [number, start, end].join())).size,
      )
      for (const line of lines) expect(line).toMatch(/^\[\d\] /u)
    }
  })
})
