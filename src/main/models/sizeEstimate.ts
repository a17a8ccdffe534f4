import type { CatalogueEntry } from '../../shared/domain/modelCatalogue.ts'

/**
 * Bits per weight in a file. For mixed quantisations those of LLaMA 2 7B in llama.cpp's
 * documentation (tools/quantize/README.md); for the others those of blocks of 32 weights and a
 * scale.
 */
const bitsPerWeight: ReadonlyMap<string, number> = new Map([
  ['Q4_0', 4.5],
  ['Q4_K_M', 4.84],
  ['Q5_K_M', 5.68],
  ['Q8_0', 8.5],
  ['F32', 32],
])

/**
 * The approximate size of a model in bytes, for entries without an exact size; null for unknown
 * quantisations.
 */
export function estimateBytes({
  parameters,
  quantisation,
}: Pick<CatalogueEntry, 'parameters' | 'quantisation'>): number | null {
  const bits = bitsPerWeight.get(quantisation)
  return bits === undefined ? null : Math.round((parameters * bits) / 8)
}
