import { expect, it } from 'vitest'
import { systemLocale } from '../../../src/main/config/systemLocale.ts'

it.each([
  [{ LANG: 'de_DE.UTF-8' }, 'de-DE'],
  [{ LANG: 'de_DE.UTF-8', LC_NUMERIC: 'fr_CH' }, 'fr-CH'],
  [{ LANG: 'de_DE', LC_NUMERIC: 'fr_CH', LC_ALL: 'nb_NO.ISO-8859-1' }, 'nb-NO'],
  [{ LANG: 'de_DE', LC_ALL: '' }, 'de-DE'],
  [{ LC_ALL: 'sr_RS.UTF-8@latin' }, 'sr-Latn-RS'],
  [{ LC_ALL: 'de_AT@euro' }, 'de-AT'],
  [{ LC_ALL: 'C.UTF-8' }, null],
  [{ LC_ALL: 'POSIX', LANG: 'de_DE' }, null],
])('of %j is %s', (env, tag) => {
  expect(systemLocale(env)).toBe(tag)
})

it('is what the runtime says where no variable is set', () => {
  expect(systemLocale({})).toBe(new Intl.DateTimeFormat().resolvedOptions().locale)
})
