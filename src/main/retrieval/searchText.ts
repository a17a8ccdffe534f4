import { characterPairs, replaceUnspaced } from '../../shared/domain/unspacedScripts.ts'

/**
 * Text as the full text index gets it, and questions too: LanceDB separates words at spaces, so
 * without added spaces only a whole line of Chinese, Japanese or Thai would be found.
 */
export function toSearchText(text: string): string {
  return replaceUnspaced(text, (run) => ` ${characterPairs(run).join(' ')} `)
}
