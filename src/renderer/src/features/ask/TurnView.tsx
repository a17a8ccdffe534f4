import { passagesInWords } from '../../../../shared/domain/passagesInWords.ts'
import { CircleAlert, RefreshCw } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type {
  Answer,
  AnswerSentence,
  Citation,
  FollowedTemplate,
  Turn,
} from '../../../../shared/domain/conversation.ts'
import { isMarkdown } from '../../../../shared/domain/answerForm.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { AnswerFooter } from './AnswerFooter.tsx'
import { AnswerText, type AnswerForm } from './AnswerText.tsx'
import { BrokenOff } from './BrokenOff.tsx'
import type { RunningAsk } from './askState.ts'
import { citationsOf, citeSources } from './citations.ts'
import { canBeExample } from './template/exampleFromAnswer.ts'
import { NotFound } from './NotFound.tsx'
import { QueryChip } from './QueryChip.tsx'
import { StageLine } from './StageLine.tsx'
import { TemplateLine } from './template/TemplateLine.tsx'
import { TemplateReply, WrittenReply } from './template/TemplateReply.tsx'
import type { TurnActions } from './turnActions.ts'
import './AnswerFooter.css'
import './TurnView.css'

export interface TurnViewProps {
  readonly turn: Turn
  /** Set while this question is being answered. */
  readonly running: RunningAsk | null
  readonly busy: boolean
  /** Index of this turn's citation shown in the viewer; -1 for none. */
  readonly active: number
  /** The most tokens that the model can write; null if unknown. */
  readonly longestAnswer: number | null
  readonly scopeName: string
  readonly allDocuments: number | null
  readonly actions: TurnActions
  /** Whether the answer being written is fields or a label, not prose. */
  readonly writesFields: boolean
  /** How to read the answer being written. */
  readonly writesForm: AnswerForm
  /** Ids of the templates that can be opened. */
  readonly templates: ReadonlySet<string>
}

/** A question and its answer. */
export function TurnView(props: TurnViewProps) {
  const { turn, running, busy, active, actions, templates } = props
  const answer = running === null ? turn.answer : null
  const { text, sentences, citations } = useShown(turn, running)
  const open = useCallback(
    (index: number) => actions.openCitation(turn, citations, index),
    [actions, turn, citations],
  )
  const fields = answer === null ? null : fieldsOf(answer)
  return (
    <article className="pk-turn" aria-busy={running !== null}>
      <h2 className="pk-turn-question">{turn.question}</h2>
      {turn.completedQuery !== null && (
        <QueryChip
          query={turn.completedQuery}
          disabled={busy}
          onChange={(query) => actions.search(turn, query)}
        />
      )}
      {answer !== null && <KindLabel answer={answer} />}
      {answer?.template != null && (
        <TemplateLine
          template={answer.template}
          known={answer.template.kind === 'followed' && templates.has(answer.template.id)}
          onOpen={actions.openTemplate}
        />
      )}
      {running !== null && props.writesFields && text !== '' && (
        <WrittenReply text={text} writing />
      )}
      {answer !== null && fields !== null && (
        <TemplateReply
          answer={answer}
          template={fields}
          citations={citations}
          active={active}
          onOpen={open}
        />
      )}
      {/* The same element during and after writing, so that focus and open cards are kept. */}
      {text !== '' && fields === null && !(running !== null && props.writesFields) && (
        <AnswerText
          form={answer === null ? props.writesForm : isMarkdown(answer) ? 'markdown' : 'text'}
          text={text}
          sentences={sentences}
          citations={citations}
          active={active}
          writing={running !== null}
          onOpen={open}
        />
      )}
      {running !== null ? (
        <div className="pk-under">
          <StageLine running={running} />
        </div>
      ) : answer === null ? (
        <Unfinished onRetry={() => actions.regenerate(turn)} busy={busy} />
      ) : (
        <FinishedAnswer {...props} answer={answer} passages={citations} onOpen={open} />
      )}
    </article>
  )
}

/** The template of an answer in fields or a label; null for prose. */
function fieldsOf({ kind, status, template }: Answer): FollowedTemplate | null {
  const inForm = kind === 'written' || kind === 'ungrounded'
  if (!inForm || status === 'failed' || template?.kind !== 'followed') return null
  return template.format.kind === 'text' || template.reply === '' ? null : template
}

interface Shown {
  readonly text: string
  readonly sentences: readonly AnswerSentence[]
  readonly citations: readonly Citation[]
}

/** The text and citations to show, during and after writing. */
function useShown(turn: Turn, running: RunningAsk | null): Shown {
  const sources = running?.sources
  const bound = useMemo<Shown>(() => {
    if (sources !== undefined) {
      return { text: '', sentences: [], citations: citeSources(sources) }
    }
    const answer = turn.answer
    if (answer === null) return { text: '', sentences: [], citations: [] }
    if (answer.kind === 'not-found') {
      return { text: '', sentences: [], citations: citeSources(answer.sources) }
    }
    const { text, sentences } = answer
    // A stopped answer's citations aren't bound: its marks lead to the sources.
    const citations = sentences.length === 0 ? citeSources(answer.sources) : citationsOf(sentences)
    return { text, sentences, citations }
  }, [turn.answer, sources])
  return running === null ? bound : { ...bound, text: running.text }
}

interface FinishedAnswerProps extends TurnViewProps {
  readonly answer: Answer
  readonly passages: readonly Citation[]
  readonly onOpen: (index: number) => void
}

function FinishedAnswer(props: FinishedAnswerProps) {
  const { turn, answer, busy, actions } = props
  return (
    <>
      {answer.kind === 'not-found' && (
        <NotFound
          answer={answer}
          passages={props.passages}
          scopeName={props.scopeName}
          allDocuments={props.allDocuments}
          busy={busy}
          onOpen={props.onOpen}
          onSearchAll={() => actions.searchAll(turn)}
          onAnswerAnyway={() => actions.answerAnyway(turn)}
          onAnswerWithout={() => actions.answerWithout(turn)}
        />
      )}
      <BrokenOff
        answer={answer}
        longest={props.longestAnswer}
        busy={busy}
        onLonger={() => actions.answerLonger(turn)}
      />
      {answer.status === 'failed' && (
        <Failure
          message={answer.error?.message ?? 'The answer could not be finished.'}
          busy={busy}
          onRetry={() => actions.regenerate(turn)}
        />
      )}
      <AnswerFooter
        answer={answer}
        busy={busy}
        onRegenerate={() => actions.regenerate(turn)}
        onEdit={() => actions.edit(turn)}
        onShowSources={() => actions.showSources(turn)}
        onShowPrompt={() => actions.showPrompt(turn)}
        onAddExample={canBeExample(answer) ? () => actions.addExample(turn) : null}
      />
    </>
  )
}

/** A label for answers that weren't written or quoted from documents by a model. */
function KindLabel({ answer }: { readonly answer: Answer }) {
  if (answer.kind === 'passages') {
    return (
      <div className="pk-turn-label">
        <Tag tone="info">Passages only</Tag>
        <span className="dim">
          {passagesInWords(answer)} These are the best passages, word for word.
        </span>
      </div>
    )
  }
  // Without a model the answer's text says what is missing.
  if (answer.kind === 'ungrounded' && answer.model !== null) {
    return (
      <div className="pk-turn-label">
        <Tag tone="warn">Not from your documents</Tag>
        <span className="dim">The model answered from memory. Nothing here was checked.</span>
      </div>
    )
  }
  return null
}

function Unfinished({ onRetry, busy }: { readonly onRetry: () => void; readonly busy: boolean }) {
  return (
    <div className="pk-under">
      <span className="dim grow">This question was not answered: Penknife was closed before.</span>
      <Button icon={<RefreshCw />} disabled={busy} onClick={onRetry}>
        Ask again
      </Button>
    </div>
  )
}

export function Failure({
  message,
  busy,
  onRetry,
}: {
  readonly message: string
  readonly busy: boolean
  readonly onRetry: () => void
}) {
  return (
    <div className="pk-failure" role="alert">
      <CircleAlert aria-hidden />
      <span className="grow">{message}</span>
      <Button icon={<RefreshCw />} disabled={busy} onClick={onRetry}>
        Retry
      </Button>
    </div>
  )
}
