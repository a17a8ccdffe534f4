import type { ReactNode } from 'react'
import type { ModelState } from '../../../shared/contract/models.ts'
import type { AppInfo } from '../../../shared/contract/settings.ts'
import { Button } from '../ui/Button.tsx'
import { Tag, type TagTone } from '../ui/Chip.tsx'
import { formatCount, plural } from '../ui/format.ts'
import { Place } from '../ui/Place.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import './ModelsPlace.css'

export interface ModelsPlaceProps {
  readonly model: ModelState | null
  readonly passagesOnly: boolean
  readonly info: AppInfo | null
  readonly passages: number
  /** Leads to where the file is chosen. */
  readonly onChooseFile: () => void
}

/** What answers now, what indexes now, and how to get a larger model. */
export function ModelsPlace({
  model,
  passagesOnly,
  info,
  passages,
  onChooseFile,
}: ModelsPlaceProps) {
  const answers = describe(model, passagesOnly)
  return (
    <Place title="Models" actions={<Button onClick={onChooseFile}>Choose a model file</Button>}>
      <div className="pk-models">
        <div className="pk-models-cards">
          <Card
            role="Answers"
            name={answers.name}
            tag={answers.tag}
            detail={answers.detail}
            loading={model?.status === 'loading' ? model.fraction : undefined}
          />
          <Card
            role="Finds passages"
            name={info?.embedder.id ?? '…'}
            tag={info === null ? null : { tone: 'good', word: 'Ready' }}
            detail={
              info === null
                ? ''
                : `${formatCount(info.embedder.dimensions)} dimensions, ${plural(passages, 'passage')} indexed.`
            }
          />
        </div>
        <section className="pk-models-help">
          <h2>Written answers: install LLaMA 2</h2>
          <p>
            The demo model that comes with Penknife finds the sentence that answers and quotes it.
            It does not reason. A larger model writes answers in its own words and cites them.
          </p>
          <ol>
            <li>
              Get a GGUF file of LLaMA 2 7B Chat, for instance in the size Q4_K_M (about 4 GB; it
              wants 8 GB of memory). Penknife downloads nothing by itself.
            </li>
            <li>Choose the file in Settings. Penknife checks that it loads and remembers it.</li>
            <li>Ask. The first question takes a little longer: the speed is measured once.</li>
          </ol>
          <Button variant={model?.demo === true ? 'primary' : 'plain'} onClick={onChooseFile}>
            Choose a model file in Settings
          </Button>
        </section>
      </div>
    </Place>
  )
}

interface CardTag {
  readonly tone: TagTone
  readonly word: string
}

function Card(props: {
  readonly role: string
  readonly name: string
  readonly tag: CardTag | null
  readonly detail: ReactNode
  /** Undefined: nothing is loading. */
  readonly loading?: number | null | undefined
}) {
  return (
    <section className="pk-models-card" aria-label={props.role}>
      <div className="faint">{props.role}</div>
      <div className="row">
        <h2 className="grow cut">{props.name}</h2>
        {props.tag !== null && <Tag tone={props.tag.tone}>{props.tag.word}</Tag>}
      </div>
      <div className="dim">{props.detail}</div>
      {props.loading !== undefined && (
        <ProgressBar label="Loading the model" fraction={props.loading} />
      )}
    </section>
  )
}

function describe(
  model: ModelState | null,
  passagesOnly: boolean,
): { readonly name: string; readonly tag: CardTag | null; readonly detail: string } {
  if (model === null) return { name: '…', tag: null, detail: '' }
  if (passagesOnly || model.status === 'none') {
    return {
      name: 'Passages only',
      tag: { tone: 'plain', word: 'No model' },
      detail: 'Questions are answered with the best passages and their citations.',
    }
  }
  const threads = model.threads === null ? '' : ` ${plural(model.threads, 'thread')}.`
  const room =
    model.contextSize === null ? '' : ` ${formatCount(model.contextSize)} tokens of room.`
  const what = model.demo
    ? 'Demo model: quotes your documents, does not reason.'
    : model.answering === 'quote'
      ? 'Quotes word for word.'
      : 'Writes with citations.'
  switch (model.status) {
    case 'ready':
      return {
        name: model.name,
        tag: { tone: 'good', word: 'Ready' },
        detail: `${what}${room}${threads}`,
      }
    case 'idle':
      return {
        name: model.name,
        tag: { tone: 'plain', word: 'Unloaded' },
        detail: 'Its memory was given back. The next question loads it again.',
      }
    case 'loading':
      return { name: model.name, tag: { tone: 'info', word: 'Loading' }, detail: what }
    case 'measuring':
      return {
        name: model.name,
        tag: { tone: 'info', word: 'Measuring its speed' },
        detail: what,
      }
    case 'failed':
      return {
        name: model.name,
        tag: { tone: 'bad', word: 'Could not be loaded' },
        detail: model.error?.message ?? 'Choose another file in Settings.',
      }
  }
}
