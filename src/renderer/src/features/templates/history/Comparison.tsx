import { useMemo } from 'react'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import type { Api } from '../../../api/api.ts'
import { classNames } from '../../../ui/classNames.ts'
import { sideBySide, type DiffPiece, type DiffRow } from './sideBySide.ts'
import { templateText } from './templateText.ts'
import { VersionResults } from './VersionResults.tsx'
import './Comparison.css'

interface Side<Version> {
  /** null: the unsaved changes. */
  readonly version: Version
  /** null while it is loading. */
  readonly text: Template | null
}

export interface ComparisonProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly template: string
  readonly from: Side<number>
  readonly to: Side<number | null>
  readonly problem: string | null
}

/** Two versions side by side: their texts and test results. */
export function Comparison({ api, template, from, to, problem }: ComparisonProps) {
  const rows = useMemo(
    () =>
      from.text === null || to.text === null
        ? null
        : sideBySide(templateText(from.text), templateText(to.text)),
    [from.text, to.text],
  )
  const differs = rows?.some(({ same }) => !same) === true
  return (
    <div className="tpl-compare" tabIndex={0} role="region" aria-label="Comparison">
      <VersionResults api={api} template={template} from={from.version} to={to.version} />
      {problem !== null && <p className="tpl-compare-note">{problem}</p>}
      {rows !== null && !differs && (
        <p className="tpl-compare-note">
          {from.version === to.version
            ? 'The same version on both sides: choose another one to compare.'
            : 'These two say the same, word for word.'}
        </p>
      )}
      {rows !== null && (
        <table className="tpl-diff">
          <thead>
            <tr>
              <th scope="col">{sideName(from.version)}</th>
              <th scope="col">{sideName(to.version)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <DiffLine key={index} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function DiffLine({ row }: { readonly row: DiffRow }) {
  const { left, right, same } = row
  return (
    <tr>
      <td className={classNames(!same && (left === null ? 'is-nothing' : 'is-removed'))}>
        {left !== null && !same && (
          <span className="tpl-diff-sign" aria-label="removed">
            −
          </span>
        )}
        <Pieces pieces={left} mark="del" />
      </td>
      <td className={classNames(!same && (right === null ? 'is-nothing' : 'is-added'))}>
        {right !== null && !same && (
          <span className="tpl-diff-sign" aria-label="added">
            +
          </span>
        )}
        <Pieces pieces={right} mark="ins" />
      </td>
    </tr>
  )
}

function Pieces({
  pieces,
  mark: Mark,
}: {
  readonly pieces: readonly DiffPiece[] | null
  readonly mark: 'ins' | 'del'
}) {
  return pieces?.map(({ text, changed }, index) =>
    changed ? <Mark key={index}>{text}</Mark> : <span key={index}>{text}</span>,
  )
}

function sideName(version: number | null): string {
  return version === null ? 'Unsaved changes' : `Version ${String(version)}`
}
