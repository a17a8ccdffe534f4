import {
  createContext,
  memo,
  useContext,
  useMemo,
  type ComponentProps,
  type KeyboardEvent,
} from 'react'
import Markdown, { type Components } from 'react-markdown'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import type { AnswerSentence, Citation } from '../../../../shared/domain/conversation.ts'
import { classNames } from '../../ui/classNames.ts'
import { showToast } from '../../ui/toasts.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { rehypeAnswerMarks } from './answerMarks.ts'
import { CitationMark } from './CitationMark.tsx'
import { findCitation } from './citations.ts'
import './AnswerText.css'

export interface AnswerTextProps {
  readonly text: string
  readonly sentences: readonly AnswerSentence[]
  readonly citations: readonly Citation[]
  /** Index of the citation shown in the viewer; -1 for none. */
  readonly active: number
  /** Whether the answer is still being written. */
  readonly writing: boolean
  readonly onOpen: (index: number) => void
}

// No images: loading one would reveal to a server that the answer was read. No other allowed
// element can load or run anything.
const schema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== 'img' && name !== 'input'),
}

type Marks = Pick<AnswerTextProps, 'sentences' | 'citations' | 'active' | 'onOpen'>
const MarksContext = createContext<Marks>({
  sentences: [],
  citations: [],
  active: -1,
  onOpen: () => undefined,
})

/** Constant, so that React keeps every element while text streams in. */
const components: Components = { sup: Mark, span: Span, a: InertLink }
const remarkPlugins = [remarkGfm]

/** An answer's Markdown, with citations as buttons and sentences underlined that are not, or only partly, supported. */
export const AnswerText = memo(function AnswerText(props: AnswerTextProps) {
  const { text, sentences, citations, active, writing, onOpen } = props
  const marks = useMemo(
    () => ({ sentences, citations, active, onOpen }),
    [sentences, citations, active, onOpen],
  )
  const rehypePlugins = useMemo<ComponentProps<typeof Markdown>['rehypePlugins']>(
    () => [
      [rehypeSanitize, schema],
      [rehypeAnswerMarks, { sentences }],
    ],
    [sentences],
  )
  return (
    <MarksContext value={marks}>
      <div className={classNames('pk-answer', writing && 'is-writing')} onKeyDown={walk}>
        <Markdown
          remarkPlugins={remarkPlugins}
          rehypePlugins={rehypePlugins}
          components={components}
        >
          {text}
        </Markdown>
      </div>
    </MarksContext>
  )
})

const doubts = {
  none: {
    style: 'pk-unsupported',
    hover: 'Nothing in the sources supports this sentence. Check it before you rely on it.',
    spoken: 'not supported by the sources',
  },
  part: {
    style: 'pk-partly',
    hover: 'The sources support this sentence only in part. Compare it with the quotation.',
    spoken: 'partly supported by the sources',
  },
} as const

/** Left and Right move between citations. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  const marks = [...event.currentTarget.querySelectorAll<HTMLElement>('.pk-cite')]
  const at = marks.findIndex((mark) => mark === document.activeElement)
  if (step === 0 || at < 0) return
  event.preventDefault()
  marks[(at + step + marks.length) % marks.length]?.focus()
}

function Mark(props: ComponentProps<'sup'> & { 'data-number'?: unknown; 'data-offset'?: unknown }) {
  const { sentences, citations, active, onOpen } = useContext(MarksContext)
  const number = Number(props['data-number'])
  if (!Number.isInteger(number)) return <sup>{props.children}</sup>
  const index = findCitation(citations, sentences, number, Number(props['data-offset']))
  const citation = citations[index]
  // A number without a citation isn't shown, since it couldn't be opened.
  if (citation === undefined) return null
  return <CitationMark citation={citation} active={index === active} onOpen={() => onOpen(index)} />
}

function Span(
  props: ComponentProps<'span'> & {
    'data-support'?: unknown
    'data-piece'?: unknown
    'data-keep'?: unknown
  },
) {
  if (props['data-keep'] !== undefined) return <span className="pk-keep">{props.children}</span>
  const support = props['data-support']
  if (support !== 'none' && support !== 'part') return <span>{props.children}</span>
  const { style, hover, spoken } = doubts[support]
  if (props['data-piece'] !== 'first') return <span className={style}>{props.children}</span>
  return (
    <Tooltip text={hover}>
      <span className={style} tabIndex={0}>
        {props.children}
        <VisuallyHidden> ({spoken})</VisuallyHidden>
      </span>
    </Tooltip>
  )
}

/** Links in answers don't navigate: a click copies the address. */
function InertLink({ href, children }: ComponentProps<'a'>) {
  if (href === undefined) return <span>{children}</span>
  return (
    <button
      type="button"
      className="pk-answer-link"
      title={href}
      onClick={() => {
        navigator.clipboard.writeText(href).then(
          () => showToast('Address copied. Penknife opens no web pages by itself.'),
          () => showToast(`The address could not be copied: ${href}`, { tone: 'bad' }),
        )
      }}
    >
      {children}
    </button>
  )
}
