/**
 * The locale whose numbers and dates a program on a terminal writes: the variables of POSIX, in their
 * order, or what the runtime has from the system where none is set (Windows, macOS).
 *
 * @param env such as `LANG=de_DE.UTF-8` or `LC_ALL=sr_RS@latin`.
 * @returns a BCP 47 tag, which may be unknown to the runtime; null for `C` and `POSIX`.
 */
export function systemLocale(env: Readonly<Record<string, string | undefined>>): string | null {
  const set = [env.LC_ALL, env.LC_NUMERIC, env.LANG].find((one) => one !== undefined && one !== '')
  if (set === undefined) return new Intl.DateTimeFormat().resolvedOptions().locale
  const [, name = '', script] = /^([^.@]*)[^@]*(?:@(\w+))?/.exec(set) ?? []
  if (name === 'C' || name === 'POSIX' || name === '') return null
  const [language = '', ...region] = name.split('_')
  return [language, ...(scripts.get(script ?? '') ?? []), ...region].join('-')
}

/** What follows the `@` names a script in some locales, and a currency or a dialect in others. */
const scripts: ReadonlyMap<string, readonly string[]> = new Map([
  ['latin', ['Latn']],
  ['cyrillic', ['Cyrl']],
  ['devanagari', ['Deva']],
])
