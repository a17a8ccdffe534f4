import { CircleAlert, RefreshCw } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { Answer, Turn } from '../../../../shared/domain/conversation.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { AnswerFooter } from './AnswerFooter.tsx'
import { AnswerText } from './AnswerText.tsx'
import type { RunningAsk } from './askStore.ts'
import { citationsOf, citeSources } from './citations.ts'
import { NotFound } from './NotFound.tsx'
import { QueryChip } from './QueryChip.tsx'
import { StageLine } from './StageLine.tsx'
import type { TurnActions } from './turnActions.ts'

export interface TurnViewProps {
  readonly turn: Turn
  /** Set while this question is being answered. */
  readonly running: RunningAsk | null
  readonly busy: boolean
  /** Index of this turn's citation that the viewer shows; -1 for none. */
  readonly active: number
  readonly scopeName: string
  readonly allDocuments: number | null
  readonly actions: TurnActions
}

/** A question and its answer. */
export function TurnView(props: TurnViewProps) {
  const { turn, running, busy, actions } = props
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
      {running !== null ? (
        <RunningAnswer {...props} running={running} />
      ) : turn.answer === null ? (
        <Unfinished onRetry={() => actions.regenerate(turn)} busy={busy} />
      ) : (
        <FinishedAnswer {...props} answer={turn.answer} />
      )}
    </article>
  )
}

const noSentences = [] as const

function RunningAnswer({
  turn,
  running,
  active,
  actions,
}: TurnViewProps & { readonly running: RunningAsk }) {
  const citations = useMemo(() => citeSources(running.sources), [running.sources])
  const open = useCallback(
    (index: number) => actions.openCitation(turn, citations, index),
    [actions, turn, citations],
  )
  return (
    <>
      {running.text !== '' && (
        <AnswerText
          text={running.text}
          sentences={noSentences}
          citations={citations}
          active={active}
          writing
          onOpen={open}
        />
      )}
      <div className="pk-under">
        <StageLine running={running} />
      </div>
    </>
  )
}

function FinishedAnswer(props: TurnViewProps & { readonly answer: Answer }) {
  const { turn, answer, busy, active, actions } = props
  const found = answer.kind !== 'not-found'
  const citations = useMemo(
    () => (found ? citationsOf(answer.sentences) : citeSources(answer.sources)),
    [found, answer],
  )
  const open = useCallback(
    (index: number) => actions.openCitation(turn, citations, index),
    [actions, turn, citations],
  )
  return (
    <>
      <KindLabel answer={answer} />
      {found ? (
        answer.text !== '' && (
          <AnswerText
            text={answer.text}
            sentences={answer.sentences}
            citations={citations}
            active={active}
            writing={false}
            onOpen={open}
          />
        )
      ) : (
        <NotFound
          answer={answer}
          passages={citations}
          scopeName={props.scopeName}
          allDocuments={props.allDocuments}
          busy={busy}
          onOpen={open}
          onSearchAll={() => actions.searchAll(turn)}
          onAnswerAnyway={() => actions.answerAnyway(turn)}
          onAnswerWithout={() => actions.answerWithout(turn)}
        />
      )}
      {answer.status === 'stopped' && <p className="pk-turn-note">Stopped here.</p>}
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
      />
    </>
  )
}

/** How the answer came about, where that is not the usual way. */
function KindLabel({ answer }: { readonly answer: Answer }) {
  if (answer.kind === 'passages') {
    return (
      <div className="pk-turn-label">
        <Tag tone="info">Passages only</Tag>
        <span className="dim">No model answered. These are the best passages, word for word.</span>
      </div>
    )
  }
  if (answer.kind === 'ungrounded') {
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
