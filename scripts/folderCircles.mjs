/**
 * Circles of folders: siblings that import one another, directly or through others. A folder and
 * its contents count as one; dependency-cruiser's own folder rule counts them as two.
 *
 * @param {readonly { source: string, dependencies: readonly { resolved: string }[] }[]} modules As
 * dependency-cruiser reports them.
 * @returns {string[][]} Each circle as the folders along it, the first again at the end.
 */
export function folderCircles(modules) {
  /** @type {Map<string, Set<string>>} */
  const arrows = new Map()
  for (const { source, dependencies } of modules) {
    for (const { resolved } of dependencies) {
      const pair = siblings(source, resolved)
      if (pair === null) continue
      const [from, to] = pair
      arrows.set(from, (arrows.get(from) ?? new Set()).add(to))
    }
  }
  const circles = []
  /** @type {Set<string>} */
  const done = new Set()
  for (const start of arrows.keys()) {
    const circle = pathBack(arrows, start, done)
    done.add(start)
    if (circle !== null) circles.push(circle)
  }
  return circles
}

/**
 * The first folders in which the two paths differ; null if one is inside the other.
 *
 * @param {string} from
 * @param {string} to
 * @returns {[string, string] | null}
 */
function siblings(from, to) {
  const a = from.split('/').slice(0, -1)
  const b = to.split('/').slice(0, -1)
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same++
  if (same === 0 || same === a.length || same === b.length) return null
  return [a.slice(0, same + 1).join('/'), b.slice(0, same + 1).join('/')]
}

/**
 * The shortest path from a folder back to itself, without those in `done`.
 *
 * @param {ReadonlyMap<string, ReadonlySet<string>>} arrows
 * @param {string} start
 * @param {ReadonlySet<string>} done
 * @returns {string[] | null}
 */
function pathBack(arrows, start, done) {
  const waiting = [[start]]
  const seen = new Set(done)
  for (const way of waiting) {
    for (const next of arrows.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return [...way, next]
      if (seen.has(next)) continue
      seen.add(next)
      waiting.push([...way, next])
    }
  }
  return null
}
