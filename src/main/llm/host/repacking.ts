/**
 * Formats whose weights llama.cpp rearranges for a processor's wide instructions into a buffer of its
 * own, by processor: `ggml_repack_get_optimal_repack_type` in ggml's `repack.cpp`, for AVX2 and for
 * Arm with dot products.
 */
const repacked: Readonly<Partial<Record<NodeJS.Architecture, RegExp>>> = {
  x64: /^(?:Q4_0|Q4_K|IQ4_NL|MXFP4)/u,
  arm64: /^(?:Q4_0|Q[456]_K|Q8_0|IQ4_NL|MXFP4)/u,
}

/**
 * Whether a processor works on a copy of the weights. A file that is mapped would then be in memory
 * twice; one that is not copied is better mapped, since that takes no time and the system can drop it.
 *
 * @param quantisation of the file as a whole, `Q4_K_M` for instance.
 */
export function isRepacked(
  quantisation: string,
  architecture: NodeJS.Architecture = process.arch,
): boolean {
  return repacked[architecture]?.test(quantisation) ?? false
}
