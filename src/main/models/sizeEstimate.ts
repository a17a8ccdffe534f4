import type { CatalogueEntry } from '../../shared/domain/modelCatalogue.ts'

/**
 * Bits of file that a weight takes. Of the mixed formats as llama.cpp's documentation gives them for
 * LLaMA 2 7B (tools/quantize/README.md); of the others by their blocks of 32 weights and a scale.
 */
const bitsPerWeight: ReadonlyMap<string, number> = new Map([
  ['Q4_0', 4.5],
  ['Q4_K_M', 4.84],
  ['Q5_K_M', 5.68],
  ['Q8_0', 8.5],
  ['F32', 32],
])

/** About how many bytes a model takes whose publisher's page was not read; null for other formats. */
export function estimateBytes({
  parameters,
  quantisation,
}: Pick<CatalogueEntry, 'parameters' | 'quantisation'>): number | null {
  const bits = bitsPerWeight.get(quantisation)
  return bits === undefined ? null : Math.round((parameters * bits) / 8)
}
