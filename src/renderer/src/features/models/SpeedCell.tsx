import type { ModelFit, ModelSpeed } from '../../../../shared/domain/languageModel.ts'
import { speedWords } from './modelWords.ts'

/** A model's generation speed, and whether it is measured or estimated. */
export function SpeedCell({
  speed,
  fits,
}: {
  readonly speed: ModelSpeed | null
  readonly fits: ModelFit | null
}) {
  const unknown = fits?.maxContext === 0 ? '–' : 'not measured yet'
  const words = speedWords(speed)
  return (
    <td className="is-end is-speed dim num">
      {words === null ? (
        <span className="faint">{unknown}</span>
      ) : (
        <>
          <div>{words}</div>
          <div className="faint">{speed?.measured === true ? 'measured' : 'estimated'}</div>
        </>
      )}
    </td>
  )
}
