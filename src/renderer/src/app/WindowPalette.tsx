import { useStore } from 'zustand'
import { exportConversation } from '../features/ask/exportConversation.ts'
import { CommandPalette } from '../features/palette/CommandPalette.tsx'
import { useMirrored } from '../mirror/useMirrored.ts'
import { showError } from '../ui/toasts.ts'
import { paletteGroups } from './paletteGroups.tsx'
import type { TemplateUse } from './templateUse.ts'
import type { WindowActions } from './windowActions.ts'
import type { WindowParts } from './windowParts.ts'

/** The command palette with all actions of the window. */
export function WindowPalette({
  parts,
  actions,
  use,
  inBrowser,
}: {
  readonly parts: WindowParts
  readonly actions: WindowActions
  readonly use: TemplateUse
  readonly inBrowser: boolean
}) {
  const { api, ask, mirror } = parts
  const { place, overlay } = useStore(parts.navigation)
  const { documents } = useMirrored(mirror.library)
  const progress = useMirrored(mirror.progress)
  const model = useMirrored(mirror.model)
  const conversations = useMirrored(mirror.conversations)
  const conversation = useStore(ask.store, (state) => state.open.id)
  const template = useStore(ask.store, (state) => state.open.template)
  const answering = useStore(ask.store, (state) => state.running !== null)
  const { list: templates } = useMirrored(mirror.templates)
  const inEditor = useStore(parts.templates.store, (state) => state.open !== null)
  const installed = useMirrored(mirror.models.installed)
  const catalogue = useMirrored(mirror.models.catalogue)
  const index = useMirrored(mirror.models.index)
  const open = overlay === 'palette'

  const groups = (): ReturnType<typeof paletteGroups> =>
    paletteGroups(
      {
        inBrowser,
        conversations,
        documents,
        importing: progress.total > 0,
        paused: progress.paused,
        answering,
        conversation,
        templates,
        template,
        templateOpen: place === 'templates' && inEditor,
        installed,
        catalogue,
        modelLoaded: model?.status === 'ready',
        pendingEmbedder: index?.rebuild?.embedder.id ?? null,
      },
      {
        ...actions,
        ...actions.jobs,
        answerWith(id) {
          actions.goTo('ask')
          use.answerWith(id)
        },
        stopAnswer: () => ask.stop(),
        exportConversation: () => {
          exportConversation(api, conversation ?? '').catch((error: unknown) =>
            showError(error, 'The conversation could not be exported.'),
          )
        },
      },
    )
  return <CommandPalette open={open} onClose={actions.closeOverlay} groups={open ? groups() : []} />
}
