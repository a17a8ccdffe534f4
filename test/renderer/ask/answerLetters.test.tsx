import { cleanup, render } from '@testing-library/react'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnswerText } from '../../../src/renderer/src/features/ask/AnswerText.tsx'
import type { AnswerForm } from '../../../src/renderer/src/features/ask/AnswerText.tsx'
import { TooltipProvider } from '../../../src/renderer/src/ui/Tooltip.tsx'
import { keptLetters, lettersOf, lostSigns, marksOfForm } from '../../helpers/answerLetters.ts'
import { answerWithMarks } from '../../helpers/markedText.ts'

function show(text: string, form: AnswerForm): HTMLElement {
  cleanup()
  const { container } = render(
    <TooltipProvider>
      <AnswerText
        form={form}
        text={text}
        sentences={[]}
        citations={[]}
        active={-1}
        writing={false}
        onOpen={() => undefined}
      />
    </TooltipProvider>,
  )
  return container
}

describe('the letters of the view are the letters stored', () => {
  it.each([
    ['10~20 degrees, the store at 30~40', 'a~~b~~c'],
    ['Map<String, Int> and <your-name>', '<!-- said --> <br>&lt; &nbsp; AT&amp;T'],
    ['__MAX__, __init__ and snake_case_name', '_so_ and 5*6 and 7*8, 2**3 and 4**5'],
    ['\\(F = m \\cdot a\\) and C:\\*.txt', '*.txt and temp*, (a)*b or c*(d)'],
    ['[site](https://example.org "title")', '![image](x.png) <https://example.org>'],
    ['[note]: remember this', 'see[^1]\n\n[^1]: the footnote'],
    ['3. three\n7. seven\n9) nine', '- [x] done\n- [ ] open\n+ plus\n- 5 degrees'],
    ['> 30 days: full\n> 60 days: half', '#\n\n>\n\n1.\n\n# About C #'],
    ['| a | b |\n|---|---|\n| 1 | 2 | 3 |', '```js title\nlet a = [1]\n```\n\n```\n'],
  ])('%j and %j', (...texts) => {
    for (const text of texts) {
      expect(show(text, 'text').textContent).toBe(text.replaceAll('\n', ''))
      const view = lettersOf(show(text, 'markdown'))
      expect(keptLetters(view)).toBe(keptLetters(text))
    }
  })

  it('whatever is quoted', () => {
    fc.assert(
      fc.property(answerWithMarks, (text) => {
        const lines = [...show(text, 'text').querySelectorAll('p')]
        expect(lines.map((line) => line.textContent).join('\n')).toBe(text)
      }),
      { numRuns: 150 },
    )
  })

  it('whatever a model writes, but for the marks that became form', () => {
    fc.assert(
      fc.property(answerWithMarks, (text) => {
        const container = show(text, 'markdown')
        const view = lettersOf(container)
        expect(keptLetters(view)).toBe(keptLetters(text))
        const lost = lostSigns(text, view)
        for (const [sign, most] of Object.entries(marksOfForm(container))) {
          expect(lost[sign] ?? 0, sign).toBeLessThanOrEqual(most)
        }
      }),
      { numRuns: 300 },
    )
  })
})
