/**
 * Quantisations whose weights llama.cpp repacks into a separate buffer for the processor's vector
 * instructions, by processor: `ggml_repack_get_optimal_repack_type` in ggml's `repack.cpp`, for
 * AVX2 and for Arm with dot products.
 */
const repacked: Readonly<Partial<Record<NodeJS.Architecture, RegExp>>> = {
  x64: /^(?:Q4_0|Q4_K|IQ4_NL|MXFP4)/u,
  arm64: /^(?:Q4_0|Q[456]_K|Q8_0|IQ4_NL|MXFP4)/u,
}

/**
 * Whether llama.cpp uses a repacked copy of the weights. A mapped file would then be in memory
 * twice. Otherwise mapping is better: it takes no time, and the system can evict the pages.
 *
 * @param quantisation name of the file's quantisation, for instance `Q4_K_M`.
 */
export function isRepacked(
  quantisation: string,
  architecture: NodeJS.Architecture = process.arch,
): boolean {
  return repacked[architecture]?.test(quantisation) ?? false
}
