import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { FoundProblem } from './useProblems.ts'
import './Problems.css'

/** Problems, shown under the control that they concern. */
export function Problems({
  problems,
  id,
}: {
  readonly problems: readonly FoundProblem[]
  readonly id?: string | undefined
}) {
  if (problems.length === 0) return null
  return (
    <ul className="tpl-problems" id={id}>
      {problems.map(({ severity, message }) => (
        <li key={message} className={`is-${severity}`}>
          {severity === 'error' ? (
            <CircleAlert aria-label="Error" />
          ) : (
            <TriangleAlert aria-label="Warning" />
          )}
          {message}
        </li>
      ))}
    </ul>
  )
}
