import { HoverCard as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import './HoverCard.css'
import { useOverlayContainer } from './overlayContainer.ts'

export interface HoverCardProps {
  /** One element that takes a ref and can be focused. */
  readonly children: ReactNode
  readonly card: ReactNode
}

/** Shows more about something while the pointer or the focus is on it. */
export function HoverCard({ children, card }: HoverCardProps) {
  const container = useOverlayContainer()
  return (
    <Primitive.Root openDelay={180} closeDelay={120}>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
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
