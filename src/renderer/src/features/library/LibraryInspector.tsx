import { X } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import type { PageProgress } from '../../../../shared/contract/documents.ts'
import { listPages } from '../../../../shared/domain/documentPlace.ts'
import {
  readingNote,
  type Collection,
  type LibraryDocument,
} from '../../../../shared/domain/libraryDocument.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { InspectorHeader } from '../../ui/InspectorLayout.tsx'
import { formatBytes, formatCount, formatDate, plural } from '../../ui/format.ts'
import { LanguageMenu } from './LanguageMenu.tsx'
import type { LibraryActions } from './libraryActions.ts'
import {
  figureOrDash,
  folderOf,
  kindOf,
  stateWords,
  searchablePart,
  pagesName,
} from './libraryWords.ts'
import { StateTag } from './StateTag.tsx'
import './LibraryInspector.css'

export interface LibraryInspectorProps {
  readonly documents: readonly LibraryDocument[]
  readonly collections: readonly Collection[]
  /** The page being read, of any document. */
  readonly reading: PageProgress | null
  readonly actions: ReactNode
  readonly onNameLanguage: LibraryActions['nameLanguage']
  readonly onClose: () => void
}

/** Details of the selected document, or a summary of several. */
export function LibraryInspector({
  documents,
  collections,
  reading,
  actions,
  onNameLanguage,
  onClose,
}: LibraryInspectorProps) {
  const [only] = documents
  if (only === undefined) return null
  const close = <IconButton label="Close details" icon={<X />} onClick={onClose} />
  const single = documents.length === 1
  const title = single ? only.name : plural(documents.length, 'document')
  return (
    <>
      <InspectorHeader title={<span title={title}>{title}</span>} actions={close} />
      <div className="library-details">
        {single ? (
          <OneDocument document={only} {...{ collections, reading, actions, onNameLanguage }} />
        ) : (
          <ManyDocuments documents={documents} actions={actions} />
        )}
      </div>
    </>
  )
}

function OneDocument({
  document,
  collections,
  reading,
  actions,
  onNameLanguage,
}: {
  readonly document: LibraryDocument
  readonly reading: PageProgress | null
  readonly collections: readonly Collection[]
  readonly actions: ReactNode
  readonly onNameLanguage: LibraryActions['nameLanguage']
}) {
  const known = document.contentId !== null
  const left = searchablePart(document)
  const note = readingNote(document)
  const pages = pagesName(document)
  const names = collections.filter(({ id }) => document.collections.includes(id))
  return (
    <>
      <div>
        <StateTag document={document} reading={reading} />
      </div>
      {note !== null && (
        <p className="library-reason">
          {note}
          {left !== null && ` ${left}`}
        </p>
      )}
      {document.reason === null && document.unreadPages.length > 0 && (
        <p className="library-reason">{pagesLeftOut(document)}</p>
      )}
      {actions}
      <dl className="library-facts">
        <Fact name="Kind">{kindOf(document)}</Fact>
        <Fact name="Size">{formatBytes(document.bytes)}</Fact>
        {pages !== null && (
          <Fact name={`${pages} with text`}>
            {known
              ? `${formatCount(document.pages - document.unreadPages.length)} of ${formatCount(document.pages)}`
              : '–'}
          </Fact>
        )}
        <Fact name="Passages">{figureOrDash(document.chunks, known)}</Fact>
        <Fact name="Words">{figureOrDash(document.words, known)}</Fact>
        <Fact name={(document.languages ?? []).length > 1 ? 'Languages' : 'Language'}>
          {known ? (
            <LanguageMenu
              document={document}
              onChoose={(language) => onNameLanguage(document, language)}
            />
          ) : (
            '–'
          )}
        </Fact>
        <Fact name={names.length === 1 ? 'Collection' : 'Collections'}>
          {names.length === 0 ? '–' : names.map(({ name }) => name).join(', ')}
        </Fact>
        <Fact name="Imported">{formatDate(document.importedAt)}</Fact>
        <Fact name="Where it lies">
          <Path path={folderOf(document)} />
        </Fact>
      </dl>
    </>
  )
}

function ManyDocuments({
  documents,
  actions,
}: {
  readonly documents: readonly LibraryDocument[]
  readonly actions: ReactNode
}) {
  const sum = (of: (document: LibraryDocument) => number): number =>
    documents.reduce((total, document) => total + of(document), 0)
  const states = new Map<string, number>()
  for (const document of documents) {
    const { label } = stateWords({ ...document, unreadPages: [] })
    states.set(label, (states.get(label) ?? 0) + 1)
  }
  return (
    <>
      {actions}
      <dl className="library-facts">
        {[...states].map(([label, number]) => (
          <Fact key={label} name={label}>
            {formatCount(number)}
          </Fact>
        ))}
        <Fact name="Size">{formatBytes(sum(({ bytes }) => bytes))}</Fact>
        <Fact name="Pages">{formatCount(sum(({ pages }) => pages))}</Fact>
        <Fact name="Passages">{formatCount(sum(({ chunks }) => chunks))}</Fact>
        <Fact name="Words">{formatCount(sum(({ words }) => words))}</Fact>
      </dl>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="library-fact">
      <dt className="faint">{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  )
}

/** A path that breaks after folders, and elsewhere only if necessary. */
function Path({ path }: { readonly path: string }) {
  return path.split(/(?<=[/\\])/u).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ))
}

function pagesLeftOut({ unreadPages, pageLabels = [] }: LibraryDocument): string {
  const inFile = pageLabels.length === 0 ? '' : ' of the file'
  return `Left out: ${unreadPages.length === 1 ? 'page' : 'pages'} ${listPages(unreadPages)}${inFile}.`
}
