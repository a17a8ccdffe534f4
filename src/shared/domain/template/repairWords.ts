import type { Repair } from './replyCheck.ts'

/** What was forgiven, in words. */
export const repairWords: Readonly<Record<Repair, string>> = {
  thoughts: 'thoughts before the answer were left out',
  'surrounding-text': 'words around the answer were left out',
  'code-fence': 'a code fence was taken off',
  'curly-quotes': 'curly quotes were taken for straight ones',
  'single-quotes': 'single quotes were taken for double ones',
  'trailing-comma': 'a comma too many was left out',
  'label-spelling': 'a label was spelled as the format has it',
  'name-spelling': 'the name of a field was read in another form of its letters',
  'line-break': 'a line break inside of quotes was kept',
  'null-value': 'a field without a value was taken for left out',
  'quoted-value': 'a value in another notation was read',
}
