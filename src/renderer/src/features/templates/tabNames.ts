import type { TemplateTab } from './templatesStore.ts'

export const tabNames: Readonly<Record<TemplateTab, string>> = {
  write: 'Write',
  try: 'Try',
  test: 'Test',
  ladder: 'Ladder',
  history: 'History',
}
