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
  /** Buttons at the foot. */
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/**
 * A dialog in the middle of the window. Focus goes in when it opens, stays in, and returns to where
 * it was when it closes.
 */
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
    // What lies outside a dialog is hidden from screen readers: its own overlays go to the body.
    <OverlayContainer value={null}>
      <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
        <Primitive.Portal>
          {/* Not the library's overlay: that one writes a style element, which the CSP forbids. */}
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

/** Where the focus goes: to the first field, else to the first action, never to the closing cross. */
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
  /** What will be lost and what will be kept. */
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
