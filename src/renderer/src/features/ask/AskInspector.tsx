import { PanelRightClose } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import type { Citation, Source, Turn } from '../../../../shared/domain/conversation.ts'
import type { ViewerTarget } from '../../api/viewerTarget.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import type { RunningAsk } from './askState.ts'
import { citedNumbers, citeSources, targetOf } from './citations.ts'
import type { Inspector, InspectorState } from './inspector.ts'
import { PromptTab } from './PromptTab.tsx'
import { SourcesTab } from './SourcesTab.tsx'

/** Props for the viewer, which the window's composition provides. */
export interface ViewerSlot {
  readonly target: ViewerTarget | null
  readonly citations: readonly Citation[]
  readonly index: number
  readonly onIndexChange: (index: number) => void
  readonly onClose: () => void
}

export interface AskInspectorProps {
  readonly inspector: Inspector
  readonly state: InspectorState
  readonly tab: NonNullable<InspectorState['tab']>
  /** The inspected turn; null if nothing has been asked. */
  readonly turn: Turn | null
  /** Set while that turn is being answered. */
  readonly running: RunningAsk | null
  readonly renderViewer: (slot: ViewerSlot) => ReactNode
}

const noSources: readonly Source[] = []
const nobody: ReadonlySet<number> = new Set()

/** The inspector beside the answers: sources, document and prompt. */
export function AskInspector(props: AskInspectorProps) {
  const { inspector, state, tab, turn, running, renderViewer } = props
  const answer = turn?.answer ?? null
  const sources = running?.sources ?? answer?.sources ?? noSources
  const places = useMemo(() => citeSources(sources), [sources])
  const cited = useMemo(() => (answer === null ? nobody : citedNumbers(answer)), [answer])
  const shown = state.citations[state.index]
  const target = useMemo(() => (shown === undefined ? null : targetOf(shown)), [shown])
  return (
    <Tabs
      label="Inspector"
      value={tab}
      onChange={(next) => inspector.show(next)}
      actions={
        <IconButton
          label="Close the inspector"
          shortcut="Mod+I"
          icon={<PanelRightClose />}
          onClick={() => inspector.close()}
        />
      }
      items={[
        {
          value: 'sources',
          label: 'Sources',
          count: sources.length,
          content: (
            <SourcesTab
              sources={sources}
              evidence={running === null ? (answer?.evidence ?? null) : null}
              cited={cited}
              read={answer?.prompt != null}
              places={places}
              onOpen={(index) => inspector.openCitation(turn?.id ?? null, places, index)}
            />
          ),
        },
        {
          value: 'document',
          label: 'Document',
          content: renderViewer({
            target,
            citations: state.citations,
            index: state.index,
            onIndexChange: (index) => inspector.setIndex(index),
            onClose: () => inspector.show('sources'),
          }),
        },
        {
          value: 'prompt',
          label: 'Prompt',
          content: <PromptTab answer={running === null ? answer : null} />,
        },
      ]}
    />
  )
}
