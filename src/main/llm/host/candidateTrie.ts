/** A prefix tree of token sequences. `end`: the index of the candidate that ends here, if any. */
export interface TrieNode {
  readonly children: ReadonlyMap<number, TrieNode>
  readonly end: number | null
}

interface MutableNode {
  readonly children: Map<number, MutableNode>
  end: number | null
}

/**
 * Of candidates with the same tokens only the first is kept: they are indistinguishable.
 *
 * @param sequences tokens of each candidate; null for one that may not be chosen.
 */
export function buildTrie(sequences: readonly (readonly number[] | null)[]): TrieNode {
  const root: MutableNode = { children: new Map(), end: null }
  for (const [candidate, tokens] of sequences.entries()) {
    if (tokens === null) continue
    let node = root
    for (const token of tokens) {
      let child = node.children.get(token)
      if (child === undefined) {
        child = { children: new Map(), end: null }
        node.children.set(token, child)
      }
      node = child
    }
    node.end ??= candidate
  }
  return root
}

/** What may follow a path: one of `next` or, if `end`, the end of the candidate. */
export interface Branching {
  readonly path: readonly number[]
  readonly next: readonly number[]
  readonly end: boolean
}

/**
 * The model's logits (up to a constant) of `next`, in order, followed by that of the end if `end`.
 */
export type Weigh = (branching: Branching) => Promise<readonly number[]>

export interface Leaf {
  readonly candidate: number
  readonly probability: number
}

interface Open {
  readonly node: TrieNode
  readonly path: readonly number[]
  readonly probability: number
  /** Whether the candidate ends here. */
  readonly closed: boolean
}

/**
 * The candidates from the likeliest to the least likely, with the probability that a model
 * generates them when only tokens that continue a candidate are allowed (as under a grammar of
 * exactly these alternatives). Tokens without an alternative aren't evaluated.
 *
 * Best-first search: probabilities only decrease along a path, so the first complete candidate is
 * the likeliest one, often before others were evaluated.
 */
export async function* leavesByProbability(root: TrieNode, weigh: Weigh): AsyncGenerator<Leaf> {
  const open: Open[] = [{ node: root, path: [], probability: 1, closed: false }]
  for (;;) {
    const best = takeLikeliest(open)
    if (best === undefined) return
    const { node, path } = followForced(best)
    if (node.end !== null && (best.closed || node.children.size === 0)) {
      yield { candidate: node.end, probability: best.probability }
      continue
    }
    const next = [...node.children.keys()]
    if (next.length === 0) continue
    const weights = await weigh({ path, next, end: node.end !== null })
    const shares = softmax(weights)
    for (const [index, [token, child]] of [...node.children].entries()) {
      const probability = best.probability * (shares[index] ?? 0)
      open.push({ node: child, path: [...path, token], probability, closed: false })
    }
    if (node.end !== null) {
      const probability = best.probability * (shares[next.length] ?? 0)
      open.push({ node, path, probability, closed: true })
    }
  }
}

/**
 * The candidate that greedy decoding generates. Tokens without an alternative aren't evaluated.
 *
 * @returns its index and its tokens.
 * @throws Error if there is no candidate.
 */
export async function greedyLeaf(
  root: TrieNode,
  weigh: Weigh,
): Promise<{ readonly candidate: number; readonly path: readonly number[] }> {
  let at: { readonly node: TrieNode; readonly path: readonly number[] } = { node: root, path: [] }
  for (;;) {
    const { node, path } = followForced({ ...at, probability: 1, closed: false })
    const next = [...node.children]
    if (node.end !== null && next.length === 0) return { candidate: node.end, path }
    const end = node.end !== null
    const weights = await weigh({ path, next: next.map(([token]) => token), end })
    const best = next[weights.indexOf(Math.max(...weights))]
    if (best !== undefined) at = { node: best[1], path: [...path, best[0]] }
    else if (node.end !== null) return { candidate: node.end, path }
    else throw new Error('There is nothing to choose from')
  }
}

function takeLikeliest(open: Open[]): Open | undefined {
  let best = 0
  for (const [index, candidate] of open.entries()) {
    if (candidate.probability > (open[best]?.probability ?? 0)) best = index
  }
  return open.splice(best, 1)[0]
}

function followForced(from: Open): { node: TrieNode; path: readonly number[] } {
  let { node } = from
  const path = [...from.path]
  while (!from.closed && node.end === null && node.children.size === 1) {
    const [only] = node.children
    if (only === undefined) break
    path.push(only[0])
    node = only[1]
  }
  return { node, path }
}

function softmax(weights: readonly number[]): readonly number[] {
  const top = Math.max(...weights)
  const terms = weights.map((weight) => Math.exp(weight - top))
  const sum = terms.reduce((a, b) => a + b, 0)
  return terms.map((term) => term / sum)
}

/** `log(Σ exp(x))`: the log weight of several tokens that mean the same. */
export function logSumExp(weights: readonly number[]): number {
  const top = Math.max(...weights)
  if (!Number.isFinite(top)) return top
  return top + Math.log(weights.reduce((sum, weight) => sum + Math.exp(weight - top), 0))
}
