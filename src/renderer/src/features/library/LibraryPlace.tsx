import { useMemo, useState } from 'react'
import type { DocumentHit, PageProgress } from '../../../../shared/contract/documents.ts'
import { namesToldApart } from '../../../../shared/domain/fileNames.ts'
import type { AppInfo } from '../../../../shared/contract/settings.ts'
import type { Scope } from '../../../../shared/domain/conversation.ts'
import type { LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import type { Api } from '../../api/api.ts'
import type { Library } from '../../mirror/library.ts'
import type { MirroredState } from '../../mirror/mirrored.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { plural } from '../../ui/format.ts'
import { InspectorLayout } from '../../ui/InspectorLayout.tsx'
import { Place } from '../../ui/Place.tsx'
import { showError } from '../../ui/toasts.ts'
import { useMediaQuery } from '../../ui/useMediaQuery.ts'
import { upTo } from '../../ui/windowWidths.ts'
import { ManageCollections, NameDialog } from './CollectionDialogs.tsx'
import { DocumentTable } from './DocumentTable.tsx'
import { EmptyLibrary } from './EmptyLibrary.tsx'
import { ImportMenu } from './ImportMenu.tsx'
import { LibraryFilters } from './LibraryFilters.tsx'
import { LibraryInspector } from './LibraryInspector.tsx'
import { createLibraryActions } from './libraryActions.ts'
import { libraryRows, noFilter, type Filter, type Sort } from './libraryRows.ts'
import { keepListed, noSelection } from './selection.ts'
import { SelectionActions } from './SelectionActions.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { useTextHits } from './textHits.ts'
import './LibraryPlace.css'

export interface LibraryPlaceProps {
  readonly api: Api
  readonly info: AppInfo
  readonly library: MirroredState<Library>
  /** The page being read; null if none is. */
  readonly reading: PageProgress | null
  readonly importFiles: (files: 'choose-files' | 'choose-folder') => void
  readonly onAsk: (scope: Scope) => void
  /** @param at the range to show, if any */
  readonly onOpenDocument: (documentId: string, at?: DocumentHit) => void
}

const newestFirst: Sort = { column: 'imported', descending: true }

/** The Library place: all documents, their states, and the actions on them. */
export function LibraryPlace(props: LibraryPlaceProps) {
  const { api, info, library, reading, importFiles, onAsk, onOpenDocument } = props
  const { known, problem } = library
  const { documents, collections } = library.value
  const actions = useMemo(() => createLibraryActions(api, onAsk), [api, onAsk])

  const [filter, setFilter] = useState<Filter>(noFilter)
  const [sort, setSort] = useState<Sort>(newestFirst)
  // The order of search results; null: best first.
  const [searchSort, setSearchSort] = useState<Sort | null>(null)
  const searching = filter.words.trim() !== ''
  const shownSort = searching ? searchSort : sort
  const hits = useTextHits(api, filter.words, showSearchError)
  const documentNames = useMemo(() => namesToldApart(documents.values()), [documents])
  const names = useMemo(() => new Map(collections.map(({ id, name }) => [id, name])), [collections])
  const rows = useMemo(
    () => libraryRows(documents.values(), filter, shownSort, names, hits.matches),
    [documents, filter, shownSort, names, hits.matches],
  )
  const order = useMemo(() => rows.map(({ id }) => id), [rows])

  const [wished, setSelection] = useState(noSelection)
  const selection = useMemo(() => keepListed(wished, order), [wished, order])
  const selected = useMemo(
    () => rows.filter(({ id }) => selection.ids.has(id)),
    [rows, selection.ids],
  )

  // In a narrow window the details would cover the table, so they don't open with a selection.
  const narrow = useMediaQuery(upTo('inspector'))
  const [details, setDetails] = useState<{ narrow: boolean; wide: boolean }>({
    narrow: false,
    wide: true,
  })
  const showDetails = narrow ? details.narrow : details.wide
  const setShowDetails = (shown: boolean): void =>
    setDetails((before) => (narrow ? { ...before, narrow: shown } : { ...before, wide: shown }))

  const [grouping, setGrouping] = useState<readonly LibraryDocument[] | null>(null)
  const [managing, setManaging] = useState(false)

  function changeFilter(next: Filter): void {
    if (next.words.trim() === '') setSearchSort(null)
    setFilter(next)
  }

  const quoteOf = (id: string): DocumentHit | undefined =>
    hits.matches.has(id) ? hits.quotes.get(id) : undefined

  function open(id: string): void {
    if (documents.get(id)?.contentId !== null) onOpenDocument(id, quoteOf(id))
    else setShowDetails(true)
  }

  const inspected = showDetails && selected.length > 0
  const actionsFor = (compact: boolean) => (
    <SelectionActions
      documents={selected}
      collections={collections}
      actions={actions}
      compact={compact}
      onOpen={open}
      onNewCollection={() => setGrouping(selected)}
    />
  )

  return (
    <Place
      title="Library"
      detail={documents.size === 0 ? undefined : sizeOf(documents)}
      actions={<ImportMenu inBrowser={info.shell === 'browser'} importFiles={importFiles} />}
    >
      {problem !== null ? (
        <EmptyState title="The library cannot be shown">{problem}</EmptyState>
      ) : known && documents.size === 0 ? (
        <EmptyLibrary importFiles={importFiles} onSample={actions.importSample} />
      ) : (
        <InspectorLayout
          label="Details"
          name="library"
          width={300}
          onClose={() => setShowDetails(false)}
          inspector={
            inspected ? (
              <LibraryInspector
                documents={selected}
                collections={collections}
                reading={reading}
                actions={actionsFor(true)}
                onNameLanguage={actions.nameLanguage}
                onClose={() => setShowDetails(false)}
              />
            ) : null
          }
        >
          <LibraryFilters
            filter={filter}
            onFilter={changeFilter}
            documents={documents}
            collections={collections}
            onManage={() => setManaging(true)}
          />
          <DocumentTable
            rows={rows}
            hits={hits}
            reading={reading}
            order={order}
            documentNames={documentNames}
            collectionNames={names}
            selection={selection}
            onSelection={setSelection}
            sort={shownSort}
            onSort={searching ? setSearchSort : setSort}
            onOpen={open}
            onRemove={() => selected.length > 0 && actions.remove(selected)}
          />
          {known && rows.length === 0 && (
            <div className="library-nothing">
              <EmptyState title="No document fits">
                Change the words or the filters above, or clear them to see all documents.
              </EmptyState>
            </div>
          )}
          {selected.length > 0 && !inspected && (
            <SelectionBar
              count={selected.length}
              onDetails={() => setShowDetails(true)}
              onClear={() => setSelection(noSelection)}
            >
              {actionsFor(false)}
            </SelectionBar>
          )}
        </InspectorLayout>
      )}
      {grouping !== null && (
        <NameDialog
          title="New collection"
          confirmLabel="Create"
          initial=""
          taken={collections.map(({ name }) => name)}
          onSubmit={(name) => actions.createCollection(name, grouping)}
          onClose={() => setGrouping(null)}
        />
      )}
      {managing && (
        <ManageCollections
          collections={collections}
          documents={documents.values()}
          onCreate={(name) => actions.createCollection(name, [])}
          onRename={actions.renameCollection}
          onDelete={actions.deleteCollection}
          onClose={() => setManaging(false)}
        />
      )}
    </Place>
  )
}

function showSearchError(error: unknown): void {
  showError(error, 'The text of the documents could not be searched.')
}

function sizeOf(documents: ReadonlyMap<string, LibraryDocument>): string {
  let passages = 0
  for (const { chunks } of documents.values()) passages += chunks
  return `${plural(documents.size, 'document')} · ${plural(passages, 'passage')}`
}
