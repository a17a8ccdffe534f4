import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, vi } from 'vitest'
import {
  openTemplateStore,
  type TemplateStore,
} from '../../../src/main/templates/store/templateStore.ts'
import {
  createTestSetStore,
  type TestSetStore,
} from '../../../src/main/templates/store/testSetStore.ts'
import { labelTemplate } from '../../helpers/templates.ts'
import { testFaults, type FaultScenario } from '../../helpers/tryFaults.ts'

vi.mock('node:fs/promises', async (load) => {
  const { breakDisk } = await import('../../helpers/faultyDisk.ts')
  return breakDisk(await load())
})

const named = (name: string) => labelTemplate({ name })
const fail = (sentence: string) => expect.fail(sentence)

/** @param change given the id of a template of two versions and a draft. */
function templates(
  change: (store: TemplateStore, id: string) => Promise<unknown>,
  own: Partial<FaultScenario> = {},
): FaultScenario {
  return {
    async prepare(root) {
      const store = await openTemplateStore(root, fail)
      const id = await store.createSaved(named('One'))
      await store.save(id, named('Two'), 'second')
      await store.keepDraft(id, named('Draft'))
    },
    async open(root) {
      const store = await openTemplateStore(root, fail)
      const [first] = store.list()
      return {
        change: () => change(store, first?.id ?? ''),
        next: () => store.createSaved(named('Next')),
        async shown() {
          const all = await Promise.all(store.list().map(({ id }) => store.get(id)))
          return all
            .map(({ template, draft, versions }) => [
              template.name,
              draft,
              ...versions.map(({ version, name }) => [version, name]),
            ])
            .sort()
        },
      }
    },
    ...own,
  }
}

const one = [1, null]
const two = [2, 'second']

const templateScenarios: Readonly<Record<string, FaultScenario>> = {
  'a new draft': templates((store) => store.create(named('New'))),
  'a new template': templates((store) => store.createSaved(named('New'))),
  'a draft': templates((store, id) => store.keepDraft(id, named('Other'))),
  'a draft that is discarded': templates((store, id) => store.discardDraft(id)),
  'a version': templates((store, id) => store.save(id, named('Three'), 'third'), {
    // The version is there; its name or the end of the draft is not.
    between: [
      [['Draft', true, one, two, [3, null]]],
      [['Draft', true, one, two, [3, 'third']]],
      [['Three', false, one, two, [3, null]]],
    ],
  }),
  'the name of a version': templates((store, id) => store.nameVersion(id, 1, 'first')),
  'a copy': templates((store, id) => store.duplicate(id)),
  'a template that is removed': templates(
    async (store, id) => {
      store.remove(id)
      await store.close()
    },
    { memory: 'closed' },
  ),
}

const row = (id: string, expected = 'good') => ({
  id,
  values: { INPUT: `What a day, ${id}!` },
  expected,
  included: null,
})
const rows = (count: number) => Array.from({ length: count }, (_, at) => row(`r${String(at)}`))

/** @param change given the id of a test set of three rows. */
function testSets(
  change: (store: TestSetStore, id: string) => Promise<unknown>,
  memory: FaultScenario['memory'] = 'disk',
): FaultScenario {
  const open = (root: string) => createTestSetStore({ folderOf: () => root, notice: fail })
  return {
    memory,
    prepare: (root) => open(root).create('mood', 'Held out', [row('a'), row('b'), row('c')]),
    open(root) {
      const store = open(root)
      const [file = ''] = readdirSync(path.join(root, 'test-sets'))
      const id = `mood:${path.parse(file).name}`
      return Promise.resolve({
        change: () => change(store, id),
        next: () => store.create('mood', 'Next', [row('z')]),
        async shown() {
          const sets = await store.list('mood')
          return Promise.all(
            sets.map(async (set) => [
              set.name,
              set.rows,
              (await store.rows(set.id)).map((one) => [one.id, one.expected]),
            ]),
          )
        },
      })
    },
  }
}

const testSetScenarios: Readonly<Record<string, FaultScenario>> = {
  'a new test set': testSets((store) => store.create('mood', 'More', [row('a')])),
  'rows that are added': testSets((store, id) => store.putRows(id, [row('b', 'bad'), row('d')])),
  'many rows that are added': testSets((store, id) => store.putRows(id, rows(1_100))),
  'rows that are removed': testSets((store, id) => store.removeRows(id, ['a', 'c'])),
  'a test set that is renamed': testSets((store, id) => store.rename(id, 'Renamed')),
  'a test set that is removed': testSets(async (store, id) => {
    await store.remove(id)
    await store.close()
  }, 'closed'),
}

testFaults({ ...templateScenarios, ...testSetScenarios }, 250, 3)
