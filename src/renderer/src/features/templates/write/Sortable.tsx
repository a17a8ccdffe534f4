import {
  closestCenter,
  DndContext,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core'
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { classNames } from '../../../ui/classNames.ts'
import './Sortable.css'

export interface SortableProps {
  readonly ids: readonly string[]
  readonly onMove: (id: string, to: number) => void
  readonly onDragging?: ((id: string | null) => void) | undefined
  readonly children: ReactNode
}

/**
 * Rows whose order can be changed by dragging their handles. Keyboard handling is up to the rows:
 * see `moveKeys`.
 */
export function Sortable({ ids, onMove, onDragging, children }: SortableProps) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }))

  function drop({ active, over }: DragEndEvent): void {
    onDragging?.(null)
    if (over === null || active.id === over.id) return
    onMove(String(active.id), ids.indexOf(String(over.id)))
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={{ screenReaderInstructions: { draggable: '' }, announcements: silent }}
      onDragStart={({ active }) => onDragging?.(String(active.id))}
      onDragCancel={() => onDragging?.(null)}
      onDragEnd={drop}
    >
      <SortableContext items={[...ids]} strategy={verticalListSortingStrategy}>
        {children}
      </SortableContext>
    </DndContext>
  )
}

/** No announcements while dragging, which is visible; moves by keyboard are announced elsewhere. */
const silent = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
}

export interface SortableRowProps {
  readonly id: string
  readonly className?: string | undefined
  readonly children: (handle: ReactNode) => ReactNode
}

/** A row of a `Sortable`. It places the handle itself. */
export function SortableRow({ id, className, children }: SortableRowProps) {
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } =
    useSortable({ id })
  const handle = (
    <span
      ref={setActivatorNodeRef}
      {...listeners}
      className="tpl-handle"
      title="Drag to move; or Alt+↑ and Alt+↓"
      aria-hidden
    >
      <GripVertical />
    </span>
  )
  return (
    <div
      ref={setNodeRef}
      className={classNames(className, isDragging && 'is-dragging')}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      {children(handle)}
    </div>
  )
}

/** Moves a row with Alt+Up and Alt+Down, except in multi-line text fields, which use these keys. */
export function moveKeys(move: (by: -1 | 1) => void) {
  return (event: KeyboardEvent): void => {
    // A row within a row has moved already.
    if (event.defaultPrevented) return
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    if (event.target instanceof HTMLTextAreaElement) return
    event.preventDefault()
    move(event.key === 'ArrowUp' ? -1 : 1)
  }
}

/** The items with one of them moved. */
export function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length || to === from) return items
  const rest = items.filter((_, index) => index !== from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}
