import { HoverCard as Primitive } from 'radix-ui'
import { useRef, useState, type ReactNode } from 'react'
import './HoverCard.css'
import { useOverlayContainer } from './overlayContainer.ts'

export interface HoverCardProps {
  /** One element that takes a ref and can be focused. */
  readonly children: ReactNode
  readonly card: ReactNode
}

/**
 * Shows details while an element is hovered or focused by keyboard. A click closes the card until
 * the pointer or focus returns. Focus that is set by the app or caused by a click doesn't open it.
 */
export function HoverCard({ children, card }: HoverCardProps) {
  const container = useOverlayContainer()
  const [open, setOpen] = useState(false)
  const trigger = useRef<HTMLAnchorElement>(null)
  const pointed = useRef(false)
  const clicked = useRef(false)
  const isWanted = (): boolean =>
    !clicked.current && (pointed.current || trigger.current?.matches(':focus-visible') === true)
  return (
    <Primitive.Root
      openDelay={180}
      closeDelay={120}
      open={open}
      onOpenChange={(next) => setOpen(next && isWanted())}
    >
      <Primitive.Trigger
        asChild
        ref={trigger}
        onClick={() => {
          clicked.current = true
          setOpen(false)
        }}
        onPointerEnter={() => {
          pointed.current = true
        }}
        onPointerLeave={() => {
          pointed.current = false
          clicked.current = false
        }}
        onBlur={() => {
          clicked.current = false
        }}
      >
        {children}
      </Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content
          className="pk-hover-card"
          side="top"
          sideOffset={6}
          collisionPadding={12}
        >
          {card}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
