import { ProgressBar } from '../../ui/ProgressBar.tsx'
import type { RunningAsk } from './askState.ts'
import { stageWords } from './stageWords.ts'
import './StageLine.css'

/** One line that says what is being done, with a bar where there is something to measure. */
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
