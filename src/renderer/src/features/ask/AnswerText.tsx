import {
  createContext,
  memo,
  useContext,
  useMemo,
  type ComponentProps,
  type KeyboardEvent,
} from 'react'
import Markdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import type { AnswerSentence, Citation } from '../../../../shared/domain/conversation.ts'
import { parseAnswer } from '../../../../shared/markdown/parseAnswer.ts'
import { classNames } from '../../ui/classNames.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { textAsHtml } from './answerHtml.ts'
import { rehypeAnswerMarks } from './answerMarks.ts'
import { CitationMark } from './CitationMark.tsx'
import { findCitation } from './citations.ts'
import { copyStretch, spokenClass } from './copyStretch.ts'
import './AnswerText.css'

/** How a text is read: prose of a model as Markdown; everything else is shown letter by letter. */
export type AnswerForm = 'markdown' | 'text'

export interface AnswerTextProps {
  readonly form: AnswerForm
  readonly text: string
  readonly sentences: readonly AnswerSentence[]
  readonly citations: readonly Citation[]
  /** Index of the citation shown in the viewer; -1 for none. */
  readonly active: number
  /** Whether the answer is still being written. */
  readonly writing: boolean
  readonly onOpen: (index: number) => void
}

// Nothing else is parsed; this list keeps it so. No element here can load or run anything.
const schema = {
  tagNames: [
    ...['p', 'strong', 'em', 'code', 'pre', 'blockquote', 'br', 'hr', 'ul', 'ol', 'li'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  attributes: {
    li: ['dataMark'],
    code: ['dataInfo'],
    p: [['className', 'pk-answer-line'] as [string, string]],
    th: ['align'],
    td: ['align'],
  },
}

type Marks = Pick<AnswerTextProps, 'sentences' | 'citations' | 'active' | 'onOpen'>
const MarksContext = createContext<Marks>({
  sentences: [],
  citations: [],
  active: -1,
  onOpen: () => undefined,
})

/**
 * Headings are below that of the question, which an answer must not look like. Constant, so that
 * React keeps every element while text streams in.
 */
const components: Components = {
  ...{ h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' },
  sup: Mark,
  span: Span,
}
const markdownPlugins = [parseAsAnswer]
const noPlugins: [] = []

/**
 * An answer's text, with citations as buttons, and sentences and rows of tables underlined that are
 * not, or only partly, supported.
 */
export const AnswerText = memo(function AnswerText(props: AnswerTextProps) {
  const { form, text, sentences, citations, active, writing, onOpen } = props
  const marks = useMemo(
    () => ({ sentences, citations, active, onOpen }),
    [sentences, citations, active, onOpen],
  )
  const rehypePlugins = useMemo<ComponentProps<typeof Markdown>['rehypePlugins']>(
    () => [
      ...(form === 'text' ? [() => () => textAsHtml(text)] : []),
      [rehypeSanitize, schema],
      [rehypeAnswerMarks, { text, sentences, citations }],
    ],
    [form, text, sentences, citations],
  )
  return (
    <MarksContext value={marks}>
      <div
        className={classNames('pk-answer', writing && 'is-writing')}
        onKeyDown={walk}
        onCopy={copyStretch}
      >
        <Markdown
          remarkPlugins={form === 'markdown' ? markdownPlugins : noPlugins}
          rehypePlugins={rehypePlugins}
          components={components}
        >
          {form === 'markdown' ? text : ''}
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

/** A remark plugin: replaces the parser. */
function parseAsAnswer(this: { parser?: unknown }): void {
  this.parser = parseAnswer
}

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
  const piece = props['data-piece']
  if (piece === 'more') return <span className={style}>{props.children}</span>
  return (
    <Tooltip text={hover}>
      <span className={piece === 'row' ? undefined : style} tabIndex={0}>
        {props.children}
        <VisuallyHidden>
          <span className={spokenClass}> ({spoken})</span>
        </VisuallyHidden>
      </span>
    </Tooltip>
  )
}
