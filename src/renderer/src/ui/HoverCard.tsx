import { HoverCard as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import './HoverCard.css'

export interface HoverCardProps {
  /** One element that takes a ref and can be focused. */
  readonly children: ReactNode
  readonly card: ReactNode
}

/** Shows more about something while the pointer or the focus is on it. */
export function HoverCard({ children, card }: HoverCardProps) {
  return (
    <Primitive.Root openDelay={180} closeDelay={120}>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
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
