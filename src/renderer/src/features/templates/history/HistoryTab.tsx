import { longest } from '../../../../../shared/domain/limits.ts'
import { cutAt } from '../../../../../shared/domain/shortened.ts'
import { useState } from 'react'
import { showError, showToast } from '../../../ui/toasts.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Button } from '../../../ui/Button.tsx'
import type { OpenTemplateProps } from '../templateView.ts'
import { isChanged } from '../templatesStore.ts'
import { Comparison } from './Comparison.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { NameVersion } from './NameVersion.tsx'
import { useVersionTexts } from './useVersionTexts.ts'
import { VersionList } from './VersionList.tsx'
import './HistoryTab.css'

/** All versions, and a comparison of two. */
export function HistoryTab(props: OpenTemplateProps) {
  const { api, templates, open, actions } = props
  const { id, version, versions } = open
  const changed = isChanged(open)
  const [chosen, setChosen] = useState<{ from: number | null; to: number | null }>({
    from: null,
    to: null,
  })
  const [naming, setNaming] = useState<number | null>(null)
  const [exporting, setExporting] = useState<number | null>(null)
  // Default: the changes since the last version, or else in the last version.
  const to = chosen.to ?? (changed ? null : version)
  const from = chosen.from ?? (to === null ? version : Math.max(1, to - 1))
  const { texts, problem } = useVersionTexts(api, id, [from, to])

  if (version === 0) {
    return (
      <EmptyState
        title="No version yet"
        actions={<Button onClick={actions.save}>Save the first version</Button>}
      >
        Every save makes a version. Here they can be compared, named and brought back.
      </EmptyState>
    )
  }

  function restore(number: number): void {
    api.templates.getVersion({ id, version: number }).then(
      (text) => {
        templates.edit(() => text, `restore-${String(number)}`)
        templates.show('write')
        showToast(`Version ${String(number)} is back as unsaved changes.`, {
          undo: () => templates.undo(),
        })
      },
      (error: unknown) => showError(error, 'This version could not be read.'),
    )
  }

  function duplicate(number: number): void {
    api.templates.getVersion({ id, version: number }).then(
      (text) =>
        actions.create({
          ...text,
          name: `${cutAt(text.name, longest.name - 20)}, version ${String(number)}`,
        }),
      (error: unknown) => showError(error, 'This version could not be read.'),
    )
  }

  const left = texts.get(from)
  const right = to === null ? open.history.present : texts.get(to)
  return (
    <div className="tpl-history">
      <VersionList
        versions={versions}
        changed={changed}
        from={from}
        to={to}
        onFrom={(next) => setChosen({ from: next, to })}
        onTo={(next) => setChosen({ from, to: next })}
        onRestore={restore}
        onName={setNaming}
        onDuplicate={duplicate}
        onExport={setExporting}
      />
      <Comparison
        api={api}
        template={id}
        from={{ version: from, text: left ?? null }}
        to={{ version: to, text: right ?? null }}
        problem={problem}
      />
      {naming !== null && (
        <NameVersion
          version={naming}
          name={versions.find((one) => one.version === naming)?.name ?? ''}
          onName={(name) => {
            templates
              .nameVersion(naming, name)
              .catch((error: unknown) => showError(error, 'The version could not be named.'))
          }}
          onClose={() => setNaming(null)}
        />
      )}
      {exporting !== null && (
        <ExportDialog
          api={api}
          template={id}
          version={exporting}
          onClose={() => setExporting(null)}
        />
      )}
    </div>
  )
}
