import { CornerDownLeft, FolderOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import { readableKinds } from '../../../../shared/domain/formats.ts'
import { Button } from '../../ui/Button.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import './measure.css'
import './EmptyAsk.css'

export interface EmptyAskProps {
  readonly sampleQuestions: readonly string[]
  /** Whether the library is empty. */
  readonly libraryEmpty: boolean
  /** The sample question whose library is being imported. */
  readonly preparing: string | null
  readonly onChoose: (choice: 'files' | 'folder') => void
  readonly onSample: (question: string) => void
  readonly onCancelSample: () => void
  readonly advice?: ReactNode
}

/**
 * The first screen of a new user: what the app does, where to add files, and three sample
 * questions.
 */
export function EmptyAsk(props: EmptyAskProps) {
  const { sampleQuestions, libraryEmpty, preparing, onChoose, onSample } = props
  return (
    <div className="pk-hello">
      <div className="pk-measure">
        <h2 className="pk-hello-title">
          Ask your documents.
          <span className="pk-hello-promise">Every answer shows where it stands.</span>
        </h2>
        <div className="pk-hello-drop">
          <div className="pk-hello-lead">
            {libraryEmpty
              ? 'Drop files or a folder anywhere on this window'
              : 'Drop more files or a folder anywhere on this window'}
          </div>
          <div>{readableKinds}</div>
          <div>They stay on this computer.</div>
          <div className="pk-hello-buttons">
            <Button icon={<FolderOpen />} onClick={() => onChoose('files')}>
              Choose files
            </Button>
            <Button variant="quiet" onClick={() => onChoose('folder')}>
              Choose a folder
            </Button>
          </div>
        </div>
        {sampleQuestions.length > 0 && (
          <>
            <h3 className="pk-hello-sample" id="sample-questions">
              Or try a question on the sample library
            </h3>
            <ul aria-labelledby="sample-questions" className="pk-hello-questions">
              {sampleQuestions.map((question) => (
                <li key={question}>
                  <button
                    type="button"
                    className="pk-hello-question"
                    disabled={preparing !== null}
                    onClick={() => onSample(question)}
                  >
                    <span className="grow">{question}</span>
                    <CornerDownLeft aria-hidden />
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        {preparing !== null && (
          <div className="pk-hello-preparing">
            <span role="status" className="grow">
              Reading the sample library, then asking
            </span>
            <Button variant="quiet" onClick={props.onCancelSample}>
              Cancel
            </Button>
            <ProgressBar
              className="pk-hello-progress"
              label="Reading the sample library"
              fraction={null}
            />
          </div>
        )}
        {props.advice}
      </div>
    </div>
  )
}
