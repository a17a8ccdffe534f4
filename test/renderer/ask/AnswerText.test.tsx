import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { AnswerText } from '../../../src/renderer/src/features/ask/AnswerText.tsx'
import { citationsOf } from '../../../src/renderer/src/features/ask/citations.ts'
import { TooltipProvider } from '../../../src/renderer/src/ui/Tooltip.tsx'
import { answerOf, scripts } from '../../helpers/fakeAnswers.ts'
import { createFakeLibrary } from '../../helpers/fakeLibrary.ts'

function show(text: string, change: Partial<Parameters<typeof AnswerText>[0]> = {}) {
  const onOpen = vi.fn()
  const { container } = render(
    <TooltipProvider>
      <AnswerText
        form="markdown"
        text={text}
        sentences={[]}
        citations={[]}
        active={-1}
        writing={false}
        onOpen={onOpen}
        {...change}
      />
    </TooltipProvider>,
  )
  return { container, onOpen, user: userEvent.setup() }
}

const carried = answerOf(createFakeLibrary(), scripts.carried)
const citations = citationsOf(carried.sentences)

it('shows citation marks as buttons labelled with the quoted words, the document and the page', () => {
  show(carried.text, { sentences: carried.sentences, citations })
  const marks = screen.getAllByRole('button', { name: /^Citation/u })
  expect(marks.map((mark) => mark.textContent)).toEqual([' [1]', ' [2]', ' [3]'])
  expect(marks[0]).toHaveProperty(
    'ariaLabel',
    'Citation 1: leave-policy.pdf, page 2: Up to five days of unused leave may be carried into the next year and must be taken before 31 March.',
  )
})

it('walks through the marks with the arrow keys and opens with Enter', async () => {
  const { user, onOpen } = show(carried.text, { sentences: carried.sentences, citations })
  await user.tab()
  await user.keyboard('{ArrowRight}{ArrowRight}{Enter}')
  expect(onOpen).toHaveBeenLastCalledWith(2)
  await user.keyboard('{ArrowRight}{Enter}')
  expect(onOpen).toHaveBeenLastCalledWith(0)
})

it('underlines exactly the unsupported sentence, and says so', () => {
  const { container } = show(carried.text, { sentences: carried.sentences, citations })
  const marked = [...container.querySelectorAll('.pk-unsupported')].map((one) => one.textContent)
  expect(marked).toEqual(['Most teams plan these days in January. (not supported by the sources)'])
})

it('underlines what is partly supported in another way, says so, and shows its citation', () => {
  const sentences = carried.sentences.map((one) => ({ ...one, support: 'part' as const }))
  const { container } = show(carried.text, { sentences, citations })
  const marked = [...container.querySelectorAll('.pk-partly')].map((one) => one.textContent)
  expect(marked).toContain(
    'Most teams plan these days in January. (partly supported by the sources)',
  )
  expect(container.querySelectorAll('.pk-unsupported')).toHaveLength(0)
  expect(screen.getAllByRole('button', { name: /^Citation/u })).toHaveLength(3)
})

it('underlines across bold words', () => {
  const text = 'It **really is** so.'
  const sentence = { start: 0, end: text.length, text, support: 'none' as const, citations: [] }
  const { container } = show(text, { sentences: [sentence] })
  const marked = [...container.querySelectorAll('.pk-unsupported')]
  expect(marked.map((one) => one.firstChild?.textContent)).toEqual(['It ', 'really is', ' so.'])
  expect(marked.filter((one) => one.hasAttribute('tabindex'))).toHaveLength(1)
})

it('marks a row of a table once, below the whole row, and says so once', () => {
  const text = '| Room | Price |\n|---|---|\n| Puffin | 80 euros |\n| Gannet | 90 euros |'
  const row = (words: string, support: 'none' | 'part' | 'whole') => {
    const start = text.indexOf(words)
    return { start, end: start + words.length, text: words, support, citations: [] }
  }
  const sentences = [
    row('| Room | Price |', 'whole'),
    row('| Puffin | 80 euros |', 'none'),
    row('| Gannet | 90 euros |', 'part'),
  ]
  const { container } = show(text, { sentences })
  const rows = [...container.querySelectorAll('tr')]
  expect(rows.map((one) => one.getAttribute('data-support'))).toEqual([null, 'none', 'part'])
  expect(container.querySelectorAll('.pk-unsupported, .pk-partly')).toHaveLength(0)
  expect(rows.map((one) => one.querySelectorAll('[tabindex]').length)).toEqual([0, 1, 1])
  expect(rows[1]?.textContent).toBe('Puffin (not supported by the sources)80 euros')
})

it('shows numbers without a citation, numbers in code and those within a quotation as text', () => {
  const { container } = show('So it is [7]. See `list[1]`.', { citations })
  expect(container.textContent).toBe('So it is [7]. See list[1].')
  const text = '“As said in [2].” [1]'
  const sentence = { start: 0, end: text.length, text, support: 'whole' as const, citations: [] }
  const quoted = show(text, { form: 'text', sentences: [sentence], citations })
  expect(quoted.container.querySelectorAll('.pk-cite')).toHaveLength(1)
  expect(quoted.container.textContent).toBe(text)
})

it('places marks and unsupported sentences in texts of several indented lines', () => {
  const text = 'One is\n     so [1].\n     Two is not [2].'
  const end = (words: string) => text.indexOf(words) + words.length
  const from = text.indexOf('Two')
  const sentences = [
    {
      start: 0,
      end: end('so'),
      text: '',
      support: 'whole' as const,
      citations: citations.slice(0, 1),
    },
    {
      start: from,
      end: end('not'),
      text: '',
      support: 'none' as const,
      citations: citations.slice(1, 2),
    },
  ]
  const { container } = show(text, { sentences, citations })
  expect(screen.getAllByRole('button', { name: /^Citation/u })).toHaveLength(2)
  expect(container.querySelector('.pk-unsupported')?.textContent).toBe(
    'Two is not (not supported by the sources)',
  )
})

it('accepts several numbers in one pair of brackets', () => {
  show('Both say so [1, 2].', { citations })
  expect(screen.getAllByRole('button').map((mark) => mark.textContent)).toEqual([' [1]', ' [2]'])
})

it('loads nothing, runs nothing and has no links', () => {
  const { container } = show(
    [
      '![pixel](https://example.org/p.png)',
      '<img src="https://example.org/q.png" onerror="alert(1)"><script>alert(2)</script>',
      '[site](https://example.org/) [bad](javascript:alert(3))',
      '<sup data-number="1">1</sup>',
    ].join('\n\n'),
    { citations },
  )
  expect(container.querySelectorAll('img, script, a, iframe, form, input, .pk-cite')).toHaveLength(
    0,
  )
  expect(container.textContent).toContain('[site](https://example.org/) [bad](javascript:alert(3))')
  expect(container.textContent).toContain('<script>alert(2)</script>')
})
