/** A piece in the lattice of a text, and the best way to it. */
interface Node {
  readonly id: number
  readonly before: Node | null
  /** Of the pieces up to and with this one. */
  readonly score: number
}

interface Branch {
  readonly next: Map<string, Branch>
  id: number | undefined
}

/** How much less likely an unknown character is than the least likely piece. */
const unknownPenalty = 10

/**
 * Splits text into the likeliest pieces of a Unigram vocabulary (T. Kudo, Subword Regularization,
 * 2018), with the results of transformers.js's tokenizer, whose time grows with the square of a run
 * of unknown characters and which copies every node of its lattice.
 *
 * @param vocabulary pieces with their log probabilities, by id.
 * @returns a function that gives the ids of a text; a run of unknown characters is one token.
 */
export function createUnigram(
  vocabulary: readonly (readonly [piece: string, score: number])[],
  unknownId: number,
): (text: string) => readonly number[] {
  const least = vocabulary.reduce((min, [, score]) => Math.min(min, score), Infinity)
  const unknownScore = least - unknownPenalty
  const scores = vocabulary.map(([, score], id) => (id === unknownId ? unknownScore : score))
  const root = toTree(vocabulary.map(([piece]) => piece))

  return (text) => {
    const characters = Array.from(text)
    const endingAt: Node[][] = Array.from({ length: characters.length + 1 }, () => [])
    const add = (from: number, to: number, id: number): void => {
      const node = bestAfter(endingAt[from] ?? [], id, scores[id] ?? unknownScore)
      endingAt[to]?.push(node)
    }
    for (let from = 0; from < characters.length; from += 1) {
      let branch = root.next.get(characters[from] ?? '')
      let isKnown = false
      for (let to = from + 1; branch !== undefined; to += 1) {
        if (branch.id !== undefined) {
          add(from, to, branch.id)
          isKnown ||= to === from + 1
        }
        branch = to < characters.length ? branch.next.get(characters[to] ?? '') : undefined
      }
      if (!isKnown) add(from, from + 1, unknownId)
    }
    return idsTo(bestAfter(endingAt[characters.length] ?? [], unknownId, 0).before, unknownId)
  }
}

function toTree(pieces: readonly string[]): Branch {
  const root: Branch = { next: new Map(), id: undefined }
  pieces.forEach((piece, id) => {
    let branch = root
    for (const character of piece) {
      const next = branch.next.get(character) ?? { next: new Map(), id: undefined }
      branch.next.set(character, next)
      branch = next
    }
    branch.id = id
  })
  return root
}

/** Of equally good ways the one whose last piece is the longest. */
function bestAfter(ending: readonly Node[], id: number, ownScore: number): Node {
  let before: Node | null = null
  let score = ownScore
  for (const node of ending) {
    const sum = node.score + ownScore
    if (before !== null && sum <= score) continue
    before = node
    score = sum
  }
  return { id, before, score }
}

function idsTo(last: Node | null, unknownId: number): readonly number[] {
  const ids: number[] = []
  for (let node = last; node !== null; node = node.before) {
    if (node.id !== unknownId || ids.at(-1) !== unknownId) ids.push(node.id)
  }
  return ids.reverse()
}
