import type { Api } from '../../api/api.ts'

/** Saves a conversation as a Markdown file where the browser or the system saves downloads. */
export async function exportConversation({ chat }: Pick<Api, 'chat'>, id: string): Promise<void> {
  const { name, markdown } = await chat.exportMarkdown({ id })
  const url = URL.createObjectURL(new Blob([markdown], { type: 'text/markdown' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun with the click, but reads the blob later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
