import { Component, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import './ErrorBoundary.css'

interface Props {
  /** Name of the enclosed part for the message: "Library". */
  readonly name: string
  readonly children: ReactNode
}

interface State {
  readonly failed: boolean
}

/** Limits an error to one place of the window. In React only a class can be an error boundary. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false }

  static getDerivedStateFromError(): State {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div role="alert" className="pk-broken">
        <EmptyState
          title={`${this.props.name} could not be shown`}
          actions={
            <>
              <Button variant="primary" onClick={() => this.setState({ failed: false })}>
                Show it again
              </Button>
              <Button onClick={() => window.location.reload()}>Reload the window</Button>
            </>
          }
        >
          Something failed while it was being drawn. Your documents and conversations are not
          affected.
        </EmptyState>
      </div>
    )
  }
}
