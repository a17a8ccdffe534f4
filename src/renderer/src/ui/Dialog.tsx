import { Dialog as Primitive } from 'radix-ui'
import { X } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import './Dialog.css'
import { Button } from './Button.tsx'
import { classNames } from './classNames.ts'
import { IconButton } from './IconButton.tsx'
import { OverlayContainer } from './overlayContainer.ts'

export interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** Keeps the title for screen readers only. */
  readonly titleHidden?: boolean | undefined
  readonly description?: string | undefined
  readonly width?: number | undefined
  readonly className?: string | undefined
  /** Buttons at the bottom. */
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** A modal dialog. It traps the focus, and returns it when it closes. */
export function Dialog({
  open,
  onClose,
  title,
  titleHidden = false,
  description,
  width = 440,
  className,
  actions,
  children,
}: DialogProps) {
  const before = useRef<Element | null>(null)
  return (
    // Elements outside a dialog are hidden from screen readers, so its overlays are rendered in the
    // body.
    <OverlayContainer value={null}>
      <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
        <Primitive.Portal>
          {/* Not the library's overlay, which adds a style element that the CSP forbids. */}
          <div className="pk-dialog-scrim" />
          <Primitive.Content
            className={classNames('pk-dialog', className)}
            style={{ width }}
            {...(description === undefined && { 'aria-describedby': undefined })}
            onOpenAutoFocus={(event) => {
              before.current = document.activeElement
              const content = event.currentTarget
              if (!(content instanceof HTMLElement)) return
              event.preventDefault()
              firstControl(content).focus()
            }}
            onCloseAutoFocus={(event) => {
              if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return
              event.preventDefault()
              before.current.focus()
            }}
          >
            <div className={classNames('pk-dialog-head', titleHidden && 'is-hidden')}>
              <Primitive.Title className="pk-dialog-title">{title}</Primitive.Title>
              {!titleHidden && (
                <Primitive.Close asChild>
                  <IconButton label="Close" icon={<X />} />
                </Primitive.Close>
              )}
            </div>
            {description !== undefined && (
              <Primitive.Description className="pk-dialog-text">
                {description}
              </Primitive.Description>
            )}
            {children}
            {actions !== undefined && <div className="pk-dialog-actions">{actions}</div>}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </OverlayContainer>
  )
}

/** The element to focus: the first field, else the first action, never the close button. */
function firstControl(content: HTMLElement): HTMLElement {
  return (
    content.querySelector<HTMLElement>('[autofocus], [data-autofocus]') ??
    content.querySelector<HTMLElement>('input, textarea, select') ??
    content.querySelector<HTMLElement>('.pk-dialog-actions button') ??
    content
  )
}

export interface ConfirmDialogProps {
  readonly open: boolean
  readonly title: string
  /** What will be lost and what is kept. */
  readonly description: string
  /** The verb: "Delete", "Cancel import". */
  readonly confirmLabel: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks once before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, description, confirmLabel, onConfirm, onClose } = props
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            variant="primary"
            onClick={() => {
              onConfirm()
              onClose()
            }}
          >
            {confirmLabel}
          </Button>
        </>
      }
    />
  )
}
