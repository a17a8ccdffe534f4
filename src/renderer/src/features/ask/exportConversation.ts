import type { Api } from '../../api/api.ts'
import { saveFile } from '../../ui/saveFile.ts'

/** Saves a conversation as a Markdown file in the downloads folder of the browser or system. */
export async function exportConversation({ chat }: Pick<Api, 'chat'>, id: string): Promise<void> {
  const { name, markdown } = await chat.exportMarkdown({ id })
  saveFile({ name, content: markdown, type: 'text/markdown' })
}
