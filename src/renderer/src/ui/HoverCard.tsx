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
 * Shows more about something while the pointer or the keyboard is on it. A click leads elsewhere: the
 * card makes way for that, until one comes back. A focus that the app gives after a click, or that a
 * click leaves behind, is nobody's wish to read the card.
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
