import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import { IconButton } from '../ui/IconButton.tsx'
import { OverlayContainer } from '../ui/overlayContainer.ts'
import './DocumentSheet.css'

export interface DocumentSheetProps {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A document opened on its own, over the right side of the window. */
export function DocumentSheet({ open, title, onClose, children }: DocumentSheetProps) {
  const before = useRef<Element | null>(null)
  const sheet = useRef<HTMLDivElement | null>(null)
  return (
    <OverlayContainer value={null}>
      <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
        <Primitive.Portal>
          <div className="pk-dialog-scrim" />
          <Primitive.Content
            className="pk-sheet"
            aria-describedby={undefined}
            ref={sheet}
            onOpenAutoFocus={(event) => {
              before.current = document.activeElement
              // Don't focus the close button: its tooltip would consume the first Escape.
              event.preventDefault()
              sheet.current?.focus()
            }}
            onCloseAutoFocus={(event) => {
              if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return
              event.preventDefault()
              before.current.focus()
            }}
          >
            <div className="pk-sheet-head">
              <Primitive.Title className="pk-sheet-title cut">{title}</Primitive.Title>
              <Primitive.Close asChild>
                <IconButton label="Close the document" icon={<X />} />
              </Primitive.Close>
            </div>
            <div className="pk-sheet-body">{children}</div>
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </OverlayContainer>
  )
}
