import { CircleAlert, X } from 'lucide-react'
import { useEffect, useRef, type ReactNode, type Ref } from 'react'
import type { ModelState } from '../../../../shared/contract/models.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag, type TagTone } from '../../ui/Chip.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { isFocusLost } from '../../ui/isFocusLost.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { describeAnswers } from './answersWords.ts'
import type { ModelsStore } from './modelsStore.ts'
import './InUse.css'

export interface InUseCardProps {
  /** Its role in the app. */
  readonly role: string
  readonly name: string
  /** Ref of the heading, which can be focused by script. */
  readonly nameRef?: Ref<HTMLHeadingElement>
  readonly tag: { readonly tone: TagTone; readonly word: string } | null
  readonly detail: string
  readonly progress?: { readonly label: string; readonly fraction: number | null } | null
  /** What went wrong. */
  readonly notice?: ReactNode
  readonly actions?: ReactNode
}

/** A card for a model in use: name, state and actions. */
export function InUseCard(props: InUseCardProps) {
  const { role, name, nameRef, tag, detail, progress = null, notice = null, actions } = props
  return (
    <section className="models-card" aria-label={role}>
      <div className="faint">{role}</div>
      <div className="row">
        <h2 ref={nameRef} tabIndex={-1} className="grow cut">
          {name}
        </h2>
        <span role="status">{tag !== null && <Tag tone={tag.tone}>{tag.word}</Tag>}</span>
      </div>
      <div className="dim">{detail}</div>
      {progress !== null && (
        <ProgressBar
          className="models-card-bar"
          label={progress.label}
          fraction={progress.fraction}
        />
      )}
      {notice}
      {actions !== undefined && <div className="models-card-actions">{actions}</div>}
    </section>
  )
}

export interface AnswersCardProps {
  readonly models: ModelsStore
  readonly model: ModelState | null
  readonly passagesOnly: boolean
  /** Another model is being loaded. */
  readonly switching: boolean
  /** Why the last chosen model couldn't be loaded. */
  readonly problem: string | null
  readonly onUseModel: () => void
  readonly onOpenSettings: () => void
}

/** The card of the language model in use. */
export function AnswersCard(props: AnswersCardProps) {
  const { models, model, passagesOnly, switching, problem } = props
  const words = describeAnswers(model, passagesOnly)
  const heading = useRef<HTMLHeadingElement | null>(null)
  useEffect(() => {
    // The button that chose a model is disabled or gone, so the focus moves to this heading.
    if (switching && isFocusLost()) heading.current?.focus()
  }, [switching])
  return (
    <InUseCard
      role="Answers"
      nameRef={heading}
      name={words.name}
      tag={words.tag}
      detail={words.detail}
      progress={words.progress}
      notice={
        <>
          {words.notice !== null && <Notice text={words.notice} />}
          {problem !== null && <Notice text={problem} onDismiss={() => models.dismissProblem()} />}
        </>
      }
      actions={
        model !== null && (
          <AnswersActions
            models={models}
            model={model}
            passagesOnly={passagesOnly}
            busy={switching}
            onUseModel={props.onUseModel}
            onOpenSettings={props.onOpenSettings}
          />
        )
      }
    />
  )
}

function AnswersActions(props: {
  readonly models: ModelsStore
  readonly model: ModelState
  readonly passagesOnly: boolean
  readonly busy: boolean
  readonly onUseModel: () => void
  readonly onOpenSettings: () => void
}) {
  const { models, model, passagesOnly, busy } = props
  if (passagesOnly || model.status === 'none') {
    return <Button onClick={props.onUseModel}>Let a model answer</Button>
  }
  const alone = model.status !== 'failed' && model.status !== 'ready'
  return (
    <>
      {model.status === 'failed' && (
        <>
          <Button
            disabled={busy}
            onClick={() => void models.use({ file: model.demo ? null : model.file })}
          >
            Try again
          </Button>
          {!model.demo && (
            <Button disabled={busy} onClick={() => void models.use({ file: null })}>
              Use the demo model
            </Button>
          )}
        </>
      )}
      {model.status === 'ready' && (
        <Button
          variant="quiet"
          className="models-card-first"
          disabled={busy}
          onClick={() => models.unload()}
        >
          Unload
        </Button>
      )}
      <Button
        variant="quiet"
        className={alone ? 'models-card-first' : undefined}
        onClick={props.onOpenSettings}
      >
        How it answers
      </Button>
    </>
  )
}

/** An error in sentences that stay until dismissed. */
export function Notice({
  text,
  onDismiss,
}: {
  readonly text: string
  readonly onDismiss?: () => void
}) {
  return (
    <div className="models-notice" role="alert">
      <CircleAlert aria-hidden />
      <span className="grow">{text}</span>
      {onDismiss !== undefined && (
        <IconButton
          className="models-notice-close"
          label="Dismiss"
          icon={<X />}
          onClick={onDismiss}
        />
      )}
    </div>
  )
}
