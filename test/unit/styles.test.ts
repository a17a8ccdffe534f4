import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { widestNarrow } from '../../src/renderer/src/ui/windowWidths.ts'
import { styleFaults } from '../helpers/styleFaults.ts'

const root = path.resolve('src/renderer/src')

function windowSources(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(css|tsx?)$/u.test(file))
      .map((file) => [file.replaceAll(path.sep, '/'), readFileSync(path.join(root, file), 'utf8')]),
  )
}

it('finds no problem between the components of the window and their stylesheets', () => {
  expect(styleFaults(windowSources())).toEqual([])
})

it('knows only the widths of the window that the code knows', () => {
  const widths = [...windowSources().values()].flatMap((text) =>
    [...text.matchAll(/@media[^{]*-width:\s*([^)]+)\)/gu)].map(([, width]) => width),
  )
  expect(widths.length).toBeGreaterThan(0)
  const known = Object.values(widestNarrow).map((width) => `${String(width)}px`)
  expect(known).toEqual(expect.arrayContaining(widths))
})

const sound = {
  'main.tsx': "import './styles/base.css'",
  'styles/base.css': '.row { display: flex }',
  'ui/Button.css': '.pk-button { color: red } .pk-button.is-quiet { color: blue }',
  'ui/Button.tsx':
    "import './Button.css'\nexport const b = <b className={`pk-button is-${kind}`} />",
  'features/a/A.css': '.a-name:hover .row, .a-name.is-on { margin: 0.5px }',
  'features/a/A.tsx':
    "import './A.css'\nexport const a = <i className={classNames('a-name row', on && 'is-on')} />",
}

it.each([
  ['nothing', {}, []],
  [
    'a class without a rule',
    { 'features/a/B.tsx': 'export const b = <i className="a-lost" />' },
    ['features/a/B.tsx: no stylesheet that it imports has ^a-lost$'],
  ],
  [
    'a class whose stylesheet another component imports',
    { 'features/a/B.tsx': "export const b = <i className={x === 'y' ? 'a-name' : ''} />" },
    ['features/a/B.tsx: no stylesheet that it imports has ^a-name$'],
  ],
  [
    'a rule without a user',
    { 'features/a/A.css': '.a-name.is-on, .a-gone { margin: 0 }' },
    ['features/a/A.css: nobody uses .a-gone'],
  ],
  [
    'a stylesheet that nobody imports',
    { 'features/a/Old.css': '.a-name { margin: 0 }' },
    ['features/a/Old.css: nobody imports it'],
  ],
  [
    'a building block that a feature styles',
    { 'features/a/A.css': '.a-name.is-on > .pk-button { margin: 0 }' },
    ['features/a/A.css: styles .pk-button, which belongs to ui: make it a variant there'],
  ],
] as const)('names %s', (_what, change, faults) => {
  expect(styleFaults(new Map(Object.entries({ ...sound, ...change })))).toEqual(faults)
})
