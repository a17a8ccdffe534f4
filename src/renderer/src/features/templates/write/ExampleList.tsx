import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { ClipboardPaste, ListPlus, Plus, Upload, WandSparkles } from 'lucide-react'
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import {
  variablesOf,
  type Example,
  type Template,
} from '../../../../../shared/domain/template/template.ts'
import type { Api } from '../../../api/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Menu, MenuItem } from '../../../ui/Menu.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { plural } from '../../../ui/format.ts'
import { ExampleCard, type ExampleCardActions } from './ExampleCard.tsx'
import { changed, duplicated, inputLine, newExample } from './exampleEdits.ts'
import type { HighlightStore } from './highlight.ts'
import { ImportExamples } from './ImportExamples.tsx'
import { PasteExamples } from './PasteExamples.tsx'
import { moved, Sortable, SortableRow } from './Sortable.tsx'
import { useAnnouncer } from './useAnnouncer.tsx'
import type { FoundProblem } from './useProblems.ts'
import './section.css'
import './ExampleList.css'

export interface ExampleListProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly template: Template
  /** The scrolling column, of which the list is a part. */
  readonly scroller: HTMLElement | null
  /** Id of the example that is open for editing. */
  readonly editing: string | null
  readonly onEditing: (id: string | null) => void
  /** Tokens of each, by id; null without a model. */
  readonly exampleTokens: Readonly<Record<string, number>> | null
  readonly problems: ReadonlyMap<string, readonly FoundProblem[]>
  readonly highlight: HighlightStore
  readonly onChange: (
    change: (examples: readonly Example[]) => readonly Example[],
    about: string,
  ) => void
  /** Opens the dialog that suggests examples. */
  readonly onSuggest: () => void
}

/** Estimated height of a closed card with its gap, in pixels. */
const cardHeight = 94
const noProblems: readonly FoundProblem[] = []

/** The examples in order, virtualised: only visible ones are in the DOM. */
export function ExampleList(props: ExampleListProps) {
  const { template, scroller, editing, onEditing, exampleTokens, problems, highlight } = props
  const { examples, format } = template
  const id = useId()
  const list = useRef<HTMLUListElement | null>(null)
  const [adding, setAdding] = useState<'paste' | 'import' | null>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const { announce, region } = useAnnouncer()
  const ids = useMemo(() => examples.map((one) => one.id), [examples])
  // A string key keeps the list's identity while the names are the same. Names contain no spaces.
  const names = variablesOf(template).join(' ')
  const variables = useMemo(() => (names === '' ? [] : names.split(' ')), [names])
  const margin = useOffset(list, scroller)
  const draggedAt = dragged === null ? -1 : ids.indexOf(dragged)

  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's methods are called while rendering only
  const virtualizer = useVirtualizer({
    count: examples.length,
    getScrollElement: () => scroller,
    estimateSize: () => cardHeight,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 6,
    scrollMargin: margin,
    // The dragged card stays in the DOM while the list scrolls.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range)
        return draggedAt < 0 || shown.includes(draggedAt) ? shown : [...shown, draggedAt]
      },
      [draggedAt],
    ),
  })

  const editedAt = editing === null ? -1 : ids.indexOf(editing)
  useEffect(() => {
    if (editedAt >= 0) virtualizer.scrollToIndex(editedAt, { align: 'auto' })
    // Only when another example is opened, not when the list changes.
  }, [editing]) // eslint-disable-line react-hooks/exhaustive-deps

  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const actions = useMemo<ExampleCardActions>(() => {
    const edit: ExampleListProps['onChange'] = (change, about) =>
      latest.current.onChange(change, about)
    return {
      edit: (one) => latest.current.onEditing(one),
      change: (one, change, about) =>
        edit((before) => changed(before, one, change), `${about}-${one}`),
      duplicate: (one) => edit((before) => duplicated(before, one), 'duplicate'),
      remove(one) {
        edit((before) => before.filter((other) => other.id !== one), 'remove')
        showToast('Example removed. Ctrl+Z brings it back.')
      },
      move(one, by) {
        const all = latest.current.template.examples
        const from = all.findIndex((other) => other.id === one)
        const next = moved(all, from, from + by)
        if (next === all) return
        edit(() => next, 'move')
        announce(`Now example ${String(from + by + 1)} of ${String(all.length)}.`)
      },
    }
  }, [announce])

  function add(): void {
    const one = newExample(Object.fromEntries(variables.map((name) => [name, ''])))
    props.onChange((before) => [...before, one], 'add')
    onEditing(one.id)
  }

  function addMany(added: readonly Example[]): void {
    props.onChange((before) => [...before, ...added], 'paste')
    showToast(`${plural(added.length, 'example')} added.`)
  }

  const on = examples.filter(({ enabled }) => enabled).length
  return (
    <section className="tpl-section" aria-labelledby={id}>
      <div className="tpl-section-head">
        <h2
          id={id}
          className="tpl-section-title tpl-examples-title"
          data-part="example"
          tabIndex={-1}
        >
          Examples, in this order
        </h2>
        {examples.length > 0 && (
          <span className="faint num">
            {on} of {examples.length} on
          </span>
        )}
        {examples.length > 1 && (
          <Button variant="quiet" icon={<WandSparkles />} onClick={props.onSuggest}>
            Suggest a set
          </Button>
        )}
        <Menu
          align="end"
          trigger={
            <Button variant="quiet" icon={<ListPlus />}>
              Add many
            </Button>
          }
        >
          <MenuItem icon={<ClipboardPaste />} onSelect={() => setAdding('paste')}>
            Paste rows
          </MenuItem>
          <MenuItem icon={<Upload />} onSelect={() => setAdding('import')}>
            Import a file
          </MenuItem>
        </Menu>
        <Button icon={<Plus />} onClick={add}>
          Add
        </Button>
      </div>
      {examples.length === 0 && (
        <p className="tpl-none">
          No examples: the model gets the instruction and the format alone. Two to four show it what
          you mean.
        </p>
      )}
      <Sortable
        ids={ids}
        onMove={(one, to) =>
          props.onChange((before) => moved(before, ids.indexOf(one), to), 'move')
        }
        onDragging={setDragged}
      >
        <ul
          ref={list}
          className="tpl-examples"
          aria-label={plural(examples.length, 'example')}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map((row) => {
            const one = examples[row.index]
            if (one === undefined) return null
            return (
              <li
                key={one.id}
                ref={virtualizer.measureElement}
                data-index={row.index}
                aria-setsize={examples.length}
                aria-posinset={row.index + 1}
                className="tpl-examples-item"
                style={{ transform: `translateY(${String(row.start - margin)}px)` }}
              >
                <SortableRow id={one.id} className="tpl-example-row">
                  {(handle) => (
                    <ExampleCard
                      example={one}
                      number={row.index + 1}
                      last={row.index === examples.length - 1}
                      line={inputLine(template, one)}
                      variables={variables}
                      format={format}
                      editing={editing === one.id}
                      tokens={exampleTokens?.[one.id] ?? null}
                      problems={problems.get(one.id) ?? noProblems}
                      highlight={highlight}
                      handle={handle}
                      actions={actions}
                    />
                  )}
                </SortableRow>
              </li>
            )
          })}
        </ul>
      </Sortable>
      {region}
      {adding === 'paste' && (
        <PasteExamples template={template} onAdd={addMany} onClose={() => setAdding(null)} />
      )}
      {adding === 'import' && (
        <ImportExamples
          api={props.api}
          template={template}
          onAdd={addMany}
          onClose={() => setAdding(null)}
        />
      )}
    </section>
  )
}

/** Offset of the list in the scrolling column, in pixels; it changes with the fields above. */
function useOffset(
  list: { readonly current: HTMLElement | null },
  scroller: HTMLElement | null,
): number {
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    const content = scroller?.firstElementChild
    if (scroller === null || content == null) return
    const measure = (): void => {
      const top = list.current?.getBoundingClientRect().top ?? 0
      setOffset(top - scroller.getBoundingClientRect().top + scroller.scrollTop)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(content)
    measure()
    return () => observer.disconnect()
  }, [list, scroller])
  return offset
}
