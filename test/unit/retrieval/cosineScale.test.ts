import { describe, expect, it } from 'vitest'
import { bundledAnchors, scaleBy } from '../../../src/main/retrieval/cosineScale.ts'
import { createRetrieval } from '../../../src/main/retrieval/search.ts'
import { fixedIndex } from '../../helpers/fixedIndex.ts'
import { chunkOf, fakeEmbedder, fakeStore } from '../../helpers/retrievalFakes.ts'

describe('scaleBy', () => {
  it('maps both anchors to those of the bundled embedder', () => {
    const scale = scaleBy({ strangers: 0.75, kin: 0.9 }, null)
    expect(scale(0.75, 'en')).toBeCloseTo(bundledAnchors.strangers, 10)
    expect(scale(0.9, 'en')).toBeCloseTo(bundledAnchors.kin, 10)
    expect(scale(0.825, 'en')).toBeCloseTo((bundledAnchors.strangers + bundledAnchors.kin) / 2, 10)
  })

  it('stays a cosine', () => {
    const scale = scaleBy({ strangers: 0.75, kin: 0.8 }, null)
    expect(scale(1, 'en')).toBe(1)
    expect(scale(-1, 'en')).toBe(-1)
  })

  it.each([null, { strangers: 0.5, kin: 0.51 }, { strangers: 0.6, kin: 0.4 }])(
    'is null for the useless anchors %j',
    (anchors) => {
      expect(scaleBy(anchors, null)(0.7, 'en')).toBeNull()
    },
  )
})

describe('evidence with another embedder', () => {
  const text = 'The heron waits by the cold river until the evening.'
  const evidenceAt = async (cosine: number, scale?: ReturnType<typeof scaleBy>) => {
    const store = fakeStore([chunkOf('a', text)], () => cosine)
    const index = fixedIndex({
      store,
      embedder: fakeEmbedder(),
      ...(scale === undefined ? {} : { cosineScale: scale }),
    })
    const question = 'Where does the heron stand at night?'
    return (await createRetrieval({ index }).search(question, { limit: 1 })).decision.best
  }

  it('is the same if its cosines are compressed into a narrow range', async () => {
    // As if a value of 2 had been put before every unit vector: (cosine + 4) / 5.
    const pressed = (cosine: number): number => (cosine + 4) / 5
    const { strangers, kin } = bundledAnchors
    const scale = scaleBy({ strangers: pressed(strangers), kin: pressed(kin) }, null)
    for (const cosine of [0.05, 0.4, 0.8]) {
      expect(await evidenceAt(pressed(cosine), scale)).toBeCloseTo(await evidenceAt(cosine), 8)
      expect(await evidenceAt(pressed(cosine))).toBeGreaterThan((await evidenceAt(cosine)) + 0.05)
    }
  })

  it('is judged by words alone if its cosine scale is unknown', async () => {
    const unknown = scaleBy(null, null)
    expect(await evidenceAt(0.9, unknown)).toBe(await evidenceAt(0.1, unknown))
  })
})
