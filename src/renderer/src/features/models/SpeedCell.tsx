import type { ModelSpeed } from '../../../../shared/domain/languageModel.ts'
import { speedWords } from './modelWords.ts'

/** How fast a model writes here, and how that is known. */
export function SpeedCell({ speed }: { readonly speed: ModelSpeed | null }) {
  const words = speedWords(speed)
  return (
    <td className="is-end is-speed dim num">
      {words === null ? (
        <span className="faint">not measured yet</span>
      ) : (
        <>
          <div>{words}</div>
          <div className="faint">{speed?.measured === true ? 'measured' : 'estimated'}</div>
        </>
      )}
    </td>
  )
}
