import { ChevronLeft, ChevronRight } from 'lucide-react'
import { problemInWords } from '../../../../../shared/domain/template/replyPlace.ts'
import { percent, seconds } from '../../../../../shared/domain/testRun/words.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { plural } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { expectedText } from '../runs/expectedText.ts'
import { Mark } from '../runs/Mark.tsx'
import { Reasons } from '../runs/Reasons.tsx'
import type { RowOfRun } from './resultFilter.ts'
import './ResultDialog.css'

export interface ResultDialogProps {
  readonly row: RowOfRun
  /** "3 of 80". */
  readonly place: string
  readonly onPrevious: (() => void) | null
  readonly onNext: (() => void) | null
  readonly onAddExample: (row: RowOfRun) => void
  readonly onClose: () => void
}

/** One result in full: input, expected answer, reply and its errors. */
export function ResultDialog({
  row: shown,
  place,
  onPrevious,
  onNext,
  onAddExample,
  onClose,
}: ResultDialogProps) {
  const { row, result } = shown
  const { check, score } = result
  const probabilities = Object.entries(result.probabilities ?? {}).sort((a, b) => b[1] - a[1])
  return (
    <Dialog
      open
      title={`Result ${place}`}
      width={680}
      onClose={onClose}
      actions={
        <>
          <IconButton
            label="Previous result"
            icon={<ChevronLeft />}
            disabled={onPrevious === null}
            onClick={() => onPrevious?.()}
          />
          <IconButton
            label="Next result"
            icon={<ChevronRight />}
            disabled={onNext === null}
            onClick={() => onNext?.()}
          />
          <span className="grow" />
          <Button
            disabled={row.expected === null && !check.inDomain}
            onClick={() => onAddExample(shown)}
          >
            Add as an example
          </Button>
          <Button data-autofocus variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <dl className="run-result">
        {Object.entries(row.values).map(([name, value]) => (
          <Entry key={name} name={name.toLowerCase()} value={value} />
        ))}
        <Entry name="expected" value={expectedText(row.expected)} mono />
        <Entry name="answer" value={result.error?.message ?? result.reply} mono />
      </dl>
      <p className="run-verdicts">
        <Mark words="Parseable" yes={result.error === null && check.parseable} /> parseable
        {check.repairs.length > 0 &&
          ` after a repair (${check.repairs.map((name) => name.replaceAll('-', ' ')).join(', ')})`}
        <Mark words="In the domain" yes={result.error === null && check.inDomain} /> in the domain
        <Mark words="Right" yes={score?.exactMatch ?? null} /> right
      </p>
      <Reasons score={score} notJudged={result.notJudged} />
      {check.problems.length > 0 && (
        <ul className="run-problems">
          {check.problems.map((problem, index) => (
            <li key={index}>{problemInWords(problem)}</li>
          ))}
        </ul>
      )}
      {probabilities.length > 0 && (
        <p className="dim num">
          {probabilities
            .slice(0, 6)
            .map(([label, share]) => `${label} ${percent(share)}`)
            .join(', ')}
        </p>
      )}
      <p className="faint num">
        {plural(result.tokens.prompt, 'token')} read, {result.tokens.reused} of them from the row
        before; {result.tokens.generated} written; {seconds(result.ms / 1000)}.
        {result.stop === 'length' && ' The answer was ended at its longest length.'}
      </p>
    </Dialog>
  )
}

function Entry({
  name,
  value,
  mono = false,
}: {
  readonly name: string
  readonly value: string
  readonly mono?: boolean
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={mono ? 'mono' : undefined}>{value === '' ? '–' : value}</dd>
    </div>
  )
}
