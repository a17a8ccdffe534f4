import { partUnspaced } from '../../shared/domain/unspacedScripts.ts'

/**
 * Whether a text contains the words of a span, after SQuAD's normalisation (Rajpurkar et al. 2016) but for two
 * things that matter outside of English: punctuation divides words ("Fowler'a" contains "Fowler"), and where
 * words are not separated every character is one.
 */
export function containsSpan(text: string, span: string): boolean {
  const wanted = normalise(span)
  return wanted !== '' && ` ${normalise(text)} `.includes(` ${wanted} `)
}

function normalise(text: string): string {
  return partUnspaced(text.normalize('NFC').toLowerCase())
    .replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')
    .replace(/(?<!\S)(?:a|an|the)(?!\S)/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
}
