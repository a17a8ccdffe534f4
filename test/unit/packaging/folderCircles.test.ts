import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderCircles } from '../../../scripts/folderCircles.mjs'

type Arrow = readonly [from: string, to: string]

/** Modules as dependency-cruiser reports them: each arrow leads from one file to another. */
function modules(arrows: readonly Arrow[]) {
  return arrows.map(([source, resolved]) => ({ source, dependencies: [{ resolved }] }))
}

test('folders that import one another are a circle, listed with the first again at the end', () => {
  const circles = folderCircles(
    modules([
      ['src/chat/ask.ts', 'src/models/load.ts'],
      ['src/models/list.ts', 'src/chat/history.ts'],
    ]),
  )
  expect(circles).toEqual([['src/chat', 'src/models', 'src/chat']])
})

test('indirect circles and deeply nested ones are found', () => {
  expect(
    folderCircles(
      modules([
        ['src/a/x.ts', 'src/b/x.ts'],
        ['src/b/y.ts', 'src/c/deep/x.ts'],
        ['src/c/y.ts', 'src/a/y.ts'],
      ]),
    ),
  ).toEqual([['src/a', 'src/b', 'src/c', 'src/a']])
  expect(
    folderCircles(
      modules([
        ['src/a/one/x.ts', 'src/a/two/x.ts'],
        ['src/a/two/y.ts', 'src/a/one/y.ts'],
      ]),
    ),
  ).toEqual([['src/a/one', 'src/a/two', 'src/a/one']])
})

test('a folder and its contents count as one, and packages are ignored', () => {
  const arrows: readonly Arrow[] = [
    ['src/a/x.ts', 'src/a/inner/x.ts'],
    ['src/a/inner/y.ts', 'src/a/y.ts'],
    ['src/a/x.ts', 'src/a/z.ts'],
    ['src/a/x.ts', 'node_modules/zod/index.js'],
  ]
  expect(folderCircles(modules(arrows))).toEqual([])
})

const folder = fc.integer({ min: 0, max: 7 })
const pairs = fc.array(fc.tuple(folder, folder), { maxLength: 30 })
const arrow = ([from, to]: readonly [number, number]): Arrow => [
  `src/${String(from)}/x.ts`,
  `src/${String(to)}/x.ts`,
]

test('imports in one direction make no circle', () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const down = all.map(([a, b]) => arrow([Math.min(a, b), Math.max(a, b)]))
      expect(folderCircles(modules(down))).toEqual([])
    }),
  )
})

test('each circle is a path of imports back to its beginning, and is found if there is one', () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const known = new Set(all.map(([a, b]) => `src/${String(a)} src/${String(b)}`))
      const circles = folderCircles(modules(all.map(arrow)))
      for (const circle of circles) {
        expect(circle.at(-1)).toBe(circle[0])
        for (const [at, next] of circle.slice(1).entries()) {
          expect(known).toContain(`${String(circle[at])} ${next}`)
        }
      }
      expect(circles.length > 0).toBe(all.some(([a, b]) => a !== b && leads(all, b, a)))
    }),
  )
})

/** Whether one folder leads to another, over any number of arrows. */
function leads(all: readonly (readonly [number, number])[], from: number, to: number): boolean {
  const seen = new Set([from])
  for (const one of seen) for (const [a, b] of all) if (a === one) seen.add(b)
  return seen.has(to)
}
