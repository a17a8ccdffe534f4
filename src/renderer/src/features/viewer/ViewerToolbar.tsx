import { ChevronDown, ChevronUp, Scissors, Search, ZoomIn, ZoomOut } from 'lucide-react'
import { IconButton } from '../../ui/IconButton.tsx'
import { SegmentedControl } from '../../ui/Switch.tsx'
import type { Passages } from './usePassages.ts'
import './ViewerToolbar.css'

/** How the document is shown: as drawn pages, or as its stored text. */
export type ShowAs = 'pages' | 'text'

export interface ViewerToolbarProps {
  readonly name: string
  readonly page: number
  /** The page in words: `page 4 of 20`. */
  readonly place: string
  /** The word for its pages. */
  readonly pageWord: string
  readonly total: number
  readonly onPage: (page: number) => void
  /** null if pages can't be drawn, so that there is no choice. */
  readonly showAs: ShowAs | null
  readonly onShowAs: (showAs: ShowAs) => void
  /** Zoom in steps from the readable size; null if it can't be zoomed. */
  readonly zoom: number | null
  readonly onZoom: (zoom: number) => void
  readonly passages: Passages
  readonly finding: boolean
  readonly onFind: () => void
}

const smallest = -2
const largest = 5
const ways = [
  { value: 'pages', label: 'Pages' },
  { value: 'text', label: 'Text' },
] as const

export function ViewerToolbar(props: ViewerToolbarProps) {
  const { name, page, place, pageWord, total, onPage, showAs, zoom, onZoom, passages } = props
  // The toolbar of a document without pages fits one row.
  const oneRow = showAs === null && total <= 1
  const tools = (
    <>
      <IconButton
        label={
          passages.on ? 'Hide where the passages were cut' : 'Show the passages as they were cut'
        }
        icon={<Scissors />}
        aria-pressed={passages.on}
        onClick={() => passages.setOn(!passages.on)}
      />
      <IconButton
        label="Find in this document"
        shortcut="Mod+F"
        icon={<Search />}
        aria-pressed={props.finding}
        onClick={props.onFind}
      />
    </>
  )
  return (
    <div className="viewer-bars">
      <div className="viewer-bar-row">
        <h2 className="viewer-name grow cut" title={name}>
          {name}
        </h2>
        {total > 1 && (
          <>
            <span className="faint num viewer-page-of" aria-live="polite">
              {place}
            </span>
            <IconButton
              label={`Previous ${pageWord}`}
              icon={<ChevronUp />}
              disabled={page <= 1}
              onClick={() => onPage(page - 1)}
            />
            <IconButton
              label={`Next ${pageWord}`}
              icon={<ChevronDown />}
              disabled={page >= total}
              onClick={() => onPage(page + 1)}
            />
          </>
        )}
        {oneRow && tools}
      </div>
      {!oneRow && (
        <div className="viewer-bar-row">
          {showAs !== null && (
            <SegmentedControl
              label="Show the document as"
              value={showAs}
              options={ways}
              onChange={props.onShowAs}
            />
          )}
          <span className="grow" />
          {zoom !== null && (
            <>
              <IconButton
                label="Smaller"
                icon={<ZoomOut />}
                disabled={zoom <= smallest}
                onClick={() => onZoom(zoom - 1)}
              />
              <IconButton
                label="Larger"
                icon={<ZoomIn />}
                disabled={zoom >= largest}
                onClick={() => onZoom(zoom + 1)}
              />
            </>
          )}
          {tools}
        </div>
      )}
    </div>
  )
}
