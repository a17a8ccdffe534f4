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
 * Shows more about something while the pointer or the focus is on it. A click leads elsewhere: the
 * card makes way for that, until one comes back.
 */
export function HoverCard({ children, card }: HoverCardProps) {
  const container = useOverlayContainer()
  const [open, setOpen] = useState(false)
  const clicked = useRef(false)
  const comeBack = (): void => {
    clicked.current = false
  }
  return (
    <Primitive.Root
      openDelay={180}
      closeDelay={120}
      open={open}
      onOpenChange={(next) => setOpen(next && !clicked.current)}
    >
      <Primitive.Trigger
        asChild
        onClick={() => {
          clicked.current = true
          setOpen(false)
        }}
        onPointerLeave={comeBack}
        onBlur={comeBack}
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
