import { figuresOfCounts, meanF1, type LabelCounts, type LabelFigures } from '../statistics/f1.ts'
import type { ReplyScore } from '../template/replyCheck.ts'

/** What was expected and what was given in a row, each label once; undefined where nothing was judged. */
type LabelSet = ReplyScore['fields'][string]['items']

/** Precision, recall and F1 of each label of sets; a row counts for every label that is in it. */
export function labelSetFigures(
  labels: readonly string[],
  sets: readonly LabelSet[],
): readonly LabelFigures[] {
  const { names, countsOf } = counting(labels, sets)
  const counts = countsOf(sets.keys())
  return names.map((name, index) => figuresOfCounts(name, counts[index] ?? none))
}

/** Macro F1 of drawn rows, for the bootstrap. */
export function labelSetMacroF1(
  labels: readonly string[],
  sets: readonly LabelSet[],
): (drawn: Int32Array) => number {
  const { countsOf } = counting(labels, sets)
  return (drawn) => meanF1(countsOf(drawn))
}

const none: LabelCounts = { expected: 0, given: 0, right: 0 }

interface Places {
  readonly expected: readonly number[]
  readonly given: readonly number[]
}

/** The labels in the order of the format, and after them those that only occur in the rows. */
function counting(labels: readonly string[], sets: readonly LabelSet[]) {
  const places = new Map<string, number>()
  const placeOf = (label: string): number => {
    const place = places.get(label) ?? places.size
    places.set(label, place)
    return place
  }
  labels.forEach(placeOf)
  const rows: readonly Places[] = sets.map((set) => ({
    expected: (set?.expected ?? []).map(placeOf),
    given: (set?.given ?? []).map(placeOf),
  }))
  const countsOf = (drawn: Iterable<number>): readonly LabelCounts[] => {
    const counts = Array.from({ length: places.size }, () => ({ expected: 0, given: 0, right: 0 }))
    for (const row of drawn) {
      const { expected = [], given = [] } = rows[row] ?? {}
      for (const label of expected) add(counts[label], 'expected')
      for (const label of given) {
        add(counts[label], 'given')
        if (expected.includes(label)) add(counts[label], 'right')
      }
    }
    return counts
  }
  return { names: [...places.keys()], countsOf }
}

function add(
  counts: Record<keyof LabelCounts, number> | undefined,
  which: keyof LabelCounts,
): void {
  if (counts !== undefined) counts[which] += 1
}
