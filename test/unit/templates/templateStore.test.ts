import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  openTemplateStore,
  type TemplateStore,
} from '../../../src/main/templates/store/templateStore.ts'
import { rowText, type Template } from '../../../src/shared/domain/template/template.ts'
import { createTempDir } from '../../helpers/tempDir.ts'
import { labelTemplate } from '../../helpers/templates.ts'

let directory: string
let notices: string[]

beforeEach(async () => {
  directory = await createTempDir()
  notices = []
})
afterEach(() => {
  vi.useRealTimers()
})

const open = (): Promise<TemplateStore> =>
  openTemplateStore(directory, (sentence) => notices.push(sentence))
const fileOf = (id: string, ...parts: string[]): string => path.join(directory, id, ...parts)
const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))
const told = (instruction: string): Template => labelTemplate({ instruction })

describe('template store', () => {
  test('a new template is a draft until it is saved', async () => {
    const store = await open()
    const id = await store.create(told('one'))
    expect(await store.get(id)).toMatchObject({ version: 0, draft: true, versions: [] })
    expect(store.list()).toMatchObject([{ id, name: 'Mood', version: 0, draft: true, examples: 2 }])

    expect(await store.save(id, told('two'), 'first')).toMatchObject({ version: 1, name: 'first' })
    const again = await open()
    expect(await again.get(id)).toMatchObject({
      template: { instruction: 'two' },
      version: 1,
      draft: false,
    })
    expect(notices).toEqual([])
  })

  test('its file is plain JSON, and the same as that of its newest version', async () => {
    const store = await open()
    const id = await store.createSaved(told('one'))
    expect(await readJson(fileOf(id, 'template.json'))).toEqual(told('one'))
    expect(await readFile(fileOf(id, 'versions', '0001.json'), 'utf8')).toBe(
      await readFile(fileOf(id, 'template.json'), 'utf8'),
    )
  })

  test('every save makes a version, unless the text is the same', async () => {
    const store = await open()
    const id = await store.createSaved(told('one'))
    await store.save(id, told('two'), null)
    expect(await store.save(id, told('two'), null)).toMatchObject({ version: 2, name: null })
    expect(await store.save(id, told('two'), 'better')).toMatchObject({
      version: 2,
      name: 'better',
    })
    await store.nameVersion(id, 1, 'start')
    expect((await store.getVersion(id, 1)).instruction).toBe('one')
    const names = (await (await open()).get(id)).versions.map((one) => one.name)
    expect(names).toEqual(['start', 'better'])
    await expect(store.getVersion(id, 3)).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.nameVersion(id, 3, 'x')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a draft is kept and shown, and can be discarded', async () => {
    const store = await open()
    const id = await store.createSaved(told('one'))
    await store.keepDraft(id, told('tw'))
    const again = await open()
    expect(await again.get(id)).toMatchObject({
      template: { instruction: 'tw' },
      version: 1,
      draft: true,
    })
    await again.discardDraft(id)
    expect(await again.get(id)).toMatchObject({ template: { instruction: 'one' }, draft: false })
    // Typing back to the saved text leaves no draft either.
    await again.keepDraft(id, told('tw'))
    await again.keepDraft(id, told('one'))
    expect(again.list()).toMatchObject([{ draft: false }])
    expect(await readdir(fileOf(id))).not.toContain('draft.json')
  })

  test('a template that was never saved cannot be reverted', async () => {
    const store = await open()
    const id = await store.create(told('one'))
    await expect(store.discardDraft(id)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('concurrent saves are made one after another', async () => {
    const store = await open()
    const id = await store.create(told('start'))
    const texts = ['a', 'b', 'c', 'd', 'e']
    const saved = await Promise.all(texts.map((text) => store.save(id, told(text), text)))
    expect(saved.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5])
    for (const { version, name } of saved) {
      expect((await store.getVersion(id, version)).instruction).toBe(name)
    }
    expect(await (await open()).get(id)).toMatchObject({ template: { instruction: 'e' } })
  })

  test('a copy is a template of its own', async () => {
    const store = await open()
    const id = await store.createSaved(told('one'))
    await store.keepDraft(id, told('two'))
    const copy = await store.duplicate(id)
    expect(await store.get(copy)).toMatchObject({
      template: { name: 'Mood (copy)', instruction: 'two' },
      version: 1,
      draft: false,
    })
    expect(await store.get(id)).toMatchObject({ template: { name: 'Mood' }, draft: true })
  })

  test('a file changed by hand becomes a version when it is opened', async () => {
    const store = await open()
    const id = await store.createSaved(told('one'))
    await store.get(id)
    // With a mark, as Windows editors write it, and an example without an id.
    const edited = { ...told('by hand'), examples: [{ values: { INPUT: 'x' }, output: 'good' }] }
    await writeFile(fileOf(id, 'template.json'), `\uFEFF${JSON.stringify(edited)}`)
    expect(await store.get(id)).toMatchObject({
      version: 2,
      template: { instruction: 'by hand', examples: [{ id: 'example-1', enabled: true }] },
    })
    // A save afterwards does not silently undo it: it is a version.
    await writeFile(fileOf(id, 'template.json'), JSON.stringify(told('again by hand')))
    expect(await store.save(id, told('saved'), null)).toMatchObject({ version: 4 })
    expect((await store.getVersion(id, 3)).instruction).toBe('again by hand')
    expect((await (await open()).get(id)).versions).toHaveLength(4)
    expect(notices).toEqual([])
  })

  test('other spacing and field order are no change', async () => {
    const store = await open()
    const id = await store.createSaved(told('one'))
    const turned = Object.fromEntries(Object.entries(told('one')).reverse())
    await writeFile(fileOf(id, 'template.json'), JSON.stringify(turned))
    expect(await store.get(id)).toMatchObject({ version: 1 })
  })

  test.each([
    ['text', 'oops'],
    ['a field', '{"name":"Mood","instruction":5,"format":{"kind":"text"}}'],
  ])('a broken template file (%s) is set aside and the saved version used', async (_what, text) => {
    const store = await open()
    const id = await store.createSaved(told('one'))
    await writeFile(fileOf(id, 'template.json'), text)
    expect(await store.get(id)).toMatchObject({ version: 1, template: { instruction: 'one' } })
    expect(notices).toHaveLength(1)
    expect(notices[0]).toContain(fileOf(id, 'template.json'))
    expect(await readdir(fileOf(id))).toContainEqual(
      expect.stringMatching(/^template\.broken-.*\.json$/u),
    )
    expect(await readJson(fileOf(id, 'template.json'))).toEqual(told('one'))
  })

  test('a broken draft is set aside', async () => {
    const id = await (await open()).createSaved(told('one'))
    await writeFile(fileOf(id, 'draft.json'), '{')
    expect(await (await open()).get(id)).toMatchObject({ draft: false })
    expect(notices).toHaveLength(1)
  })

  test('a broken version is set aside, and its number is not used again', async () => {
    const store = await open()
    const id = await store.createSaved(told('one'))
    await store.save(id, told('two'), null)
    await writeFile(fileOf(id, 'versions', '0002.json'), 'x')
    const again = await open()
    // Its text is still in the template's own file.
    expect(await again.get(id)).toMatchObject({ version: 3, template: { instruction: 'two' } })
    expect(notices).toHaveLength(1)
  })

  test('a lost list of version names loses only the names', async () => {
    const id = await (await open()).createSaved(told('one'))
    await writeFile(fileOf(id, 'versions', 'versions.json'), '[]')
    expect((await (await open()).get(id)).versions).toMatchObject([{ version: 1, name: null }])
    expect(notices).toHaveLength(1)
  })

  test('a template without its file is restored from its newest version', async () => {
    const id = await (await open()).createSaved(told('one'))
    await rm(fileOf(id, 'template.json'))
    expect(await (await open()).get(id)).toMatchObject({ version: 1 })
    expect(await readJson(fileOf(id, 'template.json'))).toEqual(told('one'))
  })

  test('a name that is not known is said when the template is read', async () => {
    const id = await (await open()).createSaved(told('one'))
    const text = JSON.stringify({ ...told('one'), exampels: [] })
    await writeFile(fileOf(id, 'template.json'), text)
    await (await open()).get(id)
    expect(notices[0]).toContain('names what Penknife does not know: “exampels”')
  })

  test('a template of the first format keeps its meaning', async () => {
    const id = await (await open()).createSaved(told('one'))
    const old = { ...told('one'), schema: 1, input: 'C:\\\\<INPUT> <IF INPUT>' }
    const text = JSON.stringify({ ...old, optional: undefined })
    await writeFile(fileOf(id, 'template.json'), text)
    const { template } = await (await open()).get(id)
    expect(rowText(template, { INPUT: 'x' })).toBe('C:\\\\x <IF INPUT>')
    expect(template).toMatchObject({ schema: 2, optional: {} })
  })

  test('a template of a newer Penknife is left unchanged', async () => {
    const id = await (await open()).createSaved(told('one'))
    const text = JSON.stringify({ ...told('one'), schema: 3, more: true })
    await writeFile(fileOf(id, 'template.json'), text)
    const again = await open()
    expect(again.list()).toEqual([])
    expect(notices[0]).toMatch(/newer version/u)
    expect(await readFile(fileOf(id, 'template.json'), 'utf8')).toBe(text)
  })

  test('folders without a template are not in the list', async () => {
    await mkdir(fileOf('empty'))
    await mkdir(fileOf('..strange'))
    await writeFile(fileOf('file.json'), '{}')
    expect((await open()).list()).toEqual([])
    expect(notices).toEqual([])
  })

  test.each(['../other', '', '.', 'a/b', 'C:\\x'])(
    'no id leads out of the folder: %s',
    async (id) => {
      const store = await open()
      await expect(store.get(id)).rejects.toMatchObject({ code: 'not-found' })
      expect(() => store.folderOf(id)).toThrow()
    },
  )

  test.each(['CON', 'Ärger & Freude', '日本語', '../..', 'a'.repeat(200)])(
    'a name makes a safe folder: %s',
    async (name) => {
      const store = await open()
      const id = await store.create(labelTemplate({ name }))
      expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,60}-[0-9a-f]{8}$/u)
      expect((await (await open()).get(id)).template.name).toBe(name)
    },
  )

  test('a removal can be undone for ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const store = await open()
    const id = await store.createSaved(told('one'))
    store.remove(id)
    expect(store.list()).toEqual([])
    await expect(store.get(id)).rejects.toMatchObject({ code: 'not-found' })
    vi.advanceTimersByTime(9_000)
    store.restore(id)
    expect(await store.get(id)).toMatchObject({ version: 1 })

    store.remove(id)
    vi.advanceTimersByTime(10_001)
    await expect.poll(() => readdir(directory)).toEqual([])
    store.restore(id)
    expect(store.list()).toEqual([])
  })

  test('a removal that was interrupted by a crash is completed at the next start', async () => {
    const store = await open()
    const id = await store.createSaved(told('one'))
    store.remove(id)
    await store.close()
    expect(await readdir(directory)).toEqual([])
    await mkdir(fileOf('.removed-x'))
    await open()
    expect(await readdir(directory)).toEqual([])
  })

  test('changes are announced, newest first', async () => {
    const store = await open()
    const first = await store.createSaved(told('one'))
    const seen: string[][] = []
    store.onChanged((list) => seen.push(list.map(({ name }) => name)))
    await new Promise((resolve) => setTimeout(resolve, 5))
    await store.create(labelTemplate({ name: 'Second' }))
    expect(seen.at(-1)).toEqual(['Second', 'Mood'])
    await new Promise((resolve) => setTimeout(resolve, 5))
    await store.keepDraft(first, told('two'))
    expect(seen.at(-1)).toEqual(['Mood', 'Second'])
  })
})
