import { useContext, useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Group, Panel, Separator, type GroupProps } from 'react-resizable-panels'
import './InspectorLayout.css'
import { RememberedWidths } from './rememberedWidths.ts'
import { useMediaQuery } from './useMediaQuery.ts'
import { upTo } from './windowWidths.ts'

export interface InspectorLayoutProps {
  /** What the inspector shows; null closes it. */
  readonly inspector: ReactNode
  /** Accessible name of the inspector. */
  readonly label: string
  /** Its width is saved under this name. */
  readonly name: string
  /** Initial width in pixels. */
  readonly width?: number | undefined
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * The main area, and beside it an inspector that can be resized and closed; Escape in it closes it.
 * In a narrow window it overlays the main area, and a click outside closes it too.
 */
export function InspectorLayout({
  inspector,
  label,
  name,
  width = 400,
  onClose,
  children,
}: InspectorLayoutProps) {
  const { widths, remember } = useContext(RememberedWidths)
  const group = useRef<HTMLDivElement | null>(null)
  const narrow = useMediaQuery(upTo('inspector'))
  const open = inspector !== null && inspector !== undefined && inspector !== false
  const onLayoutChanged: GroupProps['onLayoutChanged'] = (layout, { isUserInteraction }) => {
    const share = layout.inspector
    if (!isUserInteraction || share === undefined) return
    remember(name, ((group.current?.clientWidth ?? 0) * share) / 100)
  }
  return (
    <div className="pk-inspected">
      <Group
        orientation="horizontal"

        elementRef={group}
        onLayoutChanged={onLayoutChanged}
      >
        <Panel id="work" minSize={360}>
          {/* The library's panels scroll; this element doesn't. */}
          <div className="pk-inspected-work">{children}</div>
        </Panel>
        {open && !narrow && (
          <>
            <Separator className="pk-inspected-separator" aria-label={`Resize ${label}`} />
            <Panel
              id="inspector"
              defaultSize={widths[name] ?? width}
              minSize={300}
              maxSize="62%"
              groupResizeBehavior="preserve-pixel-size"
            >
              <aside className="pk-inspector" aria-label={label} onKeyDown={closeByEscape(onClose)}>
                {inspector}
              </aside>
            </Panel>
          </>
        )}
      </Group>
      {open && narrow && (
        <>
          <div className="pk-inspector-scrim" onPointerDown={onClose} />
          <OverlayInspector label={label} onClose={onClose}>
            {inspector}
          </OverlayInspector>
        </>
      )}
    </div>
  )
}

/** The overlay: takes the focus when it opens, and returns it when it closes. */
function OverlayInspector({
  label,
  onClose,
  children,
}: Pick<InspectorLayoutProps, 'label' | 'onClose' | 'children'>) {
  const panel = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="pk-inspector is-overlay"
      aria-label={label}
      onKeyDown={closeByEscape(onClose)}
    >
      {children}
    </aside>
  )
}

function closeByEscape(onClose: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.stopPropagation()
    onClose()
  }
}

/** The title row of an inspector without tabs. */
export function InspectorHeader({
  title,
  actions,
}: {
  readonly title: ReactNode
  readonly actions?: ReactNode
}) {
  return (
    <div className="pk-inspector-header">
      <h2 className="pk-inspector-title cut">{title}</h2>
      {actions}
    </div>
  )
}
