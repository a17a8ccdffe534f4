import { Download, PanelRightOpen } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ModelState } from '../../../../shared/contract/models.ts'
import type { Turn } from '../../../../shared/domain/conversation.ts'
import { isSearchable } from '../../../../shared/domain/libraryDocument.ts'
import { longestAnswer } from '../../../../shared/domain/sampling.ts'
import type { Api } from '../../api/api.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { InspectorLayout } from '../../ui/InspectorLayout.tsx'
import { Place } from '../../ui/Place.tsx'
import { AnsweringChip } from './AnsweringChip.tsx'
import { AskInspector, type ViewerSlot } from './AskInspector.tsx'
import type { AskStore } from './askStore.ts'
import { Composer } from './Composer.tsx'
import { EmptyAsk } from './EmptyAsk.tsx'
import { exportConversation } from './exportConversation.ts'
import type { Inspector } from './inspector.ts'
import { ModelName } from './ModelName.tsx'
import { SamplingChip } from './SamplingChip.tsx'
import { ScopeChip } from './ScopeChip.tsx'
import { coversAll, scopeName, type ScopeNames } from './scopeName.ts'
import { ExampleDialog } from './template/ExampleDialog.tsx'
import { TemplateChip, type TemplateChoices } from './template/TemplateChip.tsx'
import { Thread, ThreadSpace } from './Thread.tsx'
import { createTurnActions } from './turnActions.ts'
import { Failure, TurnView } from './TurnView.tsx'
import { useComposing } from './useComposing.ts'
import { useFocusReturn } from './useFocusReturn.ts'
import { useSampleLibrary } from './useSampleLibrary.ts'
import { newTurnKey, useShownTurns } from './useShownTurns.ts'
import './measure.css'
import './AskPlace.css'

export interface AskPlaceProps extends ScopeNames {
  readonly api: Pick<Api, 'chat' | 'documents'>
  readonly ask: AskStore
  readonly inspector: Inspector
  readonly model: ModelState | null
  readonly passagesOnly: boolean
  readonly libraryLoaded: boolean
  readonly sampleQuestions: readonly string[]
  readonly onChoose: (choice: 'files' | 'folder') => void
  readonly onOpenModels: () => void
  /** Advice on better models; rendered by another feature. */
  readonly advice?: ReactNode
  readonly onError: (error: unknown, fallback: string) => void
  /** Title of the open conversation in the list; null if it isn't listed yet. */
  readonly title: string | null
  readonly templates: TemplateChoices
  /** Adds question and answer of a turn to the examples of a template. */
  readonly onAddExample: (template: string, turn: Turn) => void
  /** Renders a document. The viewer is another feature, provided by the window. */
  readonly renderViewer: (slot: ViewerSlot) => ReactNode
}

/** The Ask place: the conversation, the composer, and the inspector beside them. */
export function AskPlace(props: AskPlaceProps) {
  const { api, ask, inspector, collections, documents, onError, templates } = props
  const state = useStore(ask.store)
  const inspecting = useStore(inspector.store)
  const { open, running, failed, session } = state
  const composing = useComposing(session)
  const { setDraft, setEditing, draft, editing } = composing
  const sample = useSampleLibrary(api, ask, onError)
  const [example, setExample] = useState<Turn | null>(null)
  const templateIds = useMemo(() => new Set(templates.list.map(({ id }) => id)), [templates.list])
  const followed = templates.list.find(({ id }) => id === open.template)
  const { onOpen: onOpenTemplate } = templates
  const contextSize = props.model?.contextSize ?? null
  const way = open.answering ?? props.model?.answering ?? 'quote'
  // Sampling only applies to written answers without a template: a template has its own, and quotes
  // are chosen, not sampled.
  const writes =
    followed === undefined && !props.passagesOnly && (way === 'write' || open.scope.kind === 'none')

  useEffect(() => {
    if (session > 0) inspector.reset()
  }, [inspector, session])
  useFocusReturn(inspecting)

  const actions = useMemo(
    () =>
      createTurnActions({
        ask,
        inspector,
        onEdit(turn) {
          setEditing(turn.id)
          setDraft(turn.question)
        },
        onAddExample: setExample,
        onOpenTemplate,
      }),
    [ask, inspector, setDraft, setEditing, onOpenTemplate],
  )
  const turns = useShownTurns(state)
  const here = running !== null && running.conversation === open.id
  const looked = turns.find((turn) => turn.id === inspecting.turn) ?? turns.at(-1) ?? null
  const searchable = useMemo(
    () => [...documents.values()].filter((row) => isSearchable(row)).length,
    [documents],
  )
  const name = scopeName(open.scope, { collections, documents })
  const allSearched = useMemo(() => coversAll(open.scope, documents), [open.scope, documents])

  const send = useCallback(() => {
    const question = draft.trim()
    const replaces = editing
    setDraft('')
    setEditing(null)
    void ask.ask({ question, query: null, replaces, ignoreThreshold: false })
  }, [ask, draft, editing, setDraft, setEditing])

  function editLast(): void {
    const last = turns.at(-1)
    if (last !== undefined) actions.edit(last)
  }

  const failedHere = failed !== null && failed.conversation === open.id ? failed : null
  const blank = turns.length === 0 && failedHere === null
  const empty = blank && !state.loading
  const opening = blank && state.loading
  return (
    <Place
      title={props.title ?? open.title}
      actions={
        open.id !== null && (
          <>
            <Button
              icon={<Download />}
              onClick={() => {
                exportConversation(api, open.id ?? '').catch((error: unknown) =>
                  onError(error, 'The conversation could not be exported.'),
                )
              }}
            >
              Export
            </Button>
            {inspecting.tab === null && (
              <IconButton
                label="Open the inspector"
                shortcut="Mod+I"
                icon={<PanelRightOpen />}
                onClick={() => inspector.toggle()}
              />
            )}
          </>
        )
      }
    >
      <InspectorLayout
        label="Inspector"
        name="ask"
        onClose={() => inspector.close()}
        inspector={
          inspecting.tab !== null && (looked !== null || inspecting.citations.length > 0) ? (
            <AskInspector
              inspector={inspector}
              state={inspecting}
              tab={inspecting.tab}
              turn={looked}
              running={here && looked?.id === (running.turn?.id ?? newTurnKey) ? running : null}
              renderViewer={props.renderViewer}
            />
          ) : null
        }
      >
        {state.loadError !== null ? (
          <EmptyState title="This conversation could not be opened">
            {state.loadError.message}
          </EmptyState>
        ) : empty ? (
          <EmptyAsk
            sampleQuestions={props.sampleQuestions}
            libraryEmpty={!props.libraryLoaded || documents.size === 0}
            preparing={sample.preparing}
            onChoose={props.onChoose}
            onSample={sample.start}
            onCancelSample={sample.cancel}
            advice={props.advice}
          />
        ) : opening ? (
          // Not the log yet: what is pressed in it would be lost when the conversation is there.
          <ThreadSpace />
        ) : (
          <Thread
            key={session}
            items={turns}
            getKey={(turn) => turn.id}
            onEscape={() => (here ? ask.stop() : inspector.close())}
            renderItem={(turn) => (
              <TurnView
                turn={turn}
                running={here && turn.id === (running.turn?.id ?? newTurnKey) ? running : null}
                busy={running !== null}
                active={
                  inspecting.tab === 'document' && inspecting.turn === turn.id
                    ? inspecting.index
                    : -1
                }
                longestAnswer={contextSize === null ? null : longestAnswer(contextSize)}
                scopeName={open.scope.kind === 'all' ? 'your documents' : name}
                allDocuments={allSearched ? null : searchable}
                actions={actions}
                writesFields={followed !== undefined && followed.formatKind !== 'text'}
                writesForm={writes ? 'markdown' : 'text'}
                templates={templateIds}
              />
            )}
          />
        )}
        {failedHere !== null && (
          <div className="pk-ask-failed">
            <div className="pk-measure">
              <Failure
                message={failedHere.error.message}
                busy={running !== null}
                onRetry={() => void ask.ask(failedHere.request)}
              />
            </div>
          </div>
        )}
        <Composer
          draft={draft}
          onDraft={setDraft}
          placeholder={turns.length === 0 ? 'Ask a question' : 'Ask a follow-up'}
          busy={running !== null}
          editing={editing !== null}
          onAsk={send}
          onStop={() => ask.stop()}
          onCancelEdit={() => {
            setEditing(null)
            setDraft('')
          }}
          onEditLast={editLast}
          chips={
            <>
              <ScopeChip
                scope={open.scope}
                collections={collections}
                documents={documents}
                onChange={(scope) => ask.setScope(scope)}
              />
              {/* A template determines the answer mode. */}
              {followed === undefined && (
                <AnsweringChip
                  answering={open.answering}
                  modelDefault={props.model?.answering ?? 'quote'}
                  demo={props.model?.demo ?? false}
                  onChange={(answering) => ask.setAnswering(answering)}
                />
              )}
              {writes && (
                <SamplingChip
                  sampling={open.sampling}
                  onChange={(sampling) => ask.setSampling(sampling)}
                />
              )}
              <TemplateChip
                template={open.template}
                choices={templates}
                searches={open.scope.kind !== 'none'}
              />
            </>
          }
          model={
            <ModelName
              model={props.model}
              passagesOnly={props.passagesOnly}
              onOpenModels={props.onOpenModels}
            />
          }
        />
      </InspectorLayout>
      <ExampleDialog
        turn={example}
        templates={templates.list}
        onChoose={(id) => {
          if (example !== null) props.onAddExample(id, example)
          setExample(null)
        }}
        onClose={() => setExample(null)}
      />
    </Place>
  )
}
