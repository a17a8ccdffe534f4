import { Component, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import './ErrorBoundary.css'

interface Props {
  /** What it stands around, for the words: "Library". */
  readonly name: string
  readonly children: ReactNode
}

interface State {
  readonly failed: boolean
}

/** Keeps a failure in one place from taking the window with it. React knows no other way than a class. */
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
