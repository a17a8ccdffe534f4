import type { Chunk } from '../../shared/domain/chunk.ts'

/** A passage is found by its headings as well. */
export function withHeading({ heading, text }: Pick<Chunk, 'heading' | 'text'>): string {
  return heading === '' ? text : `${heading}\n${text}`
}
