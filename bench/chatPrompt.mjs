// Prompts in the chat format of a model, for what is measured with bare node-llama-cpp.

/**
 * @param {import('node-llama-cpp').LlamaModel} model
 * @param {import('node-llama-cpp').ChatWrapper} chat The model's own.
 * @param {{ readonly system: string, readonly user: string }} prompt
 */
export function tokenizePrompt(model, chat, { system, user }) {
  /** @type {import('node-llama-cpp').ChatHistoryItem[]} */
  const chatHistory = [
    { type: 'system', text: system },
    { type: 'user', text: user },
    { type: 'model', response: [] },
  ]
  return chat.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer)
}
