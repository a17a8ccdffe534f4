import { ProgressBar } from '../../ui/ProgressBar.tsx'
import type { RunningAsk } from './askState.ts'
import { stageWords } from './stageWords.ts'
import './StageLine.css'

/** One line with the current stage, with a progress bar if there is a measure. */
export function StageLine({ running }: { readonly running: RunningAsk }) {
  const { text, exact, fraction } = stageWords(running)
  return (
    <div className="pk-stage" title={exact ?? undefined}>
      <span role="status" className="pk-stage-text">
        {text}
      </span>
      {fraction !== undefined && (
        <div className="pk-stage-bar">
          <ProgressBar label={text} fraction={fraction} />
        </div>
      )}
    </div>
  )
}
