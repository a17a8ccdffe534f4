import path from 'node:path'
import type { ModelPlace } from '../../shared/domain/languageModel.ts'

export interface PlaceFolder {
  readonly place: ModelPlace
  readonly folder: string
}

export interface PlacesInput {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The folders where other programs keep their models, according to their documentation and source.
 */
export function modelPlaces({ platform, home, env }: PlacesInput): readonly PlaceFolder[] {
  const at = (...parts: string[]): string => path.join(home, ...parts)
  const cache = env.XDG_CACHE_HOME ?? at('.cache')
  const local = env.LOCALAPPDATA ?? at('AppData', 'Local')
  const roaming = env.APPDATA ?? at('AppData', 'Roaming')
  const support = at('Library', 'Application Support')
  const shared = env.XDG_DATA_HOME ?? at('.local', 'share')
  const config = env.XDG_CONFIG_HOME ?? at('.config')
  const hub = env.HF_HUB_CACHE ?? path.join(env.HF_HOME ?? path.join(cache, 'huggingface'), 'hub')
  const bySystem: readonly PlaceFolder[] =
    platform === 'darwin'
      ? [
          { place: 'gpt4all', folder: path.join(support, 'nomic.ai', 'GPT4All') },
          { place: 'jan', folder: path.join(support, 'Jan', 'data') },
          { place: 'llama.cpp', folder: env.LLAMA_CACHE ?? at('Library', 'Caches', 'llama.cpp') },
        ]
      : platform === 'win32'
        ? [
            { place: 'gpt4all', folder: path.join(local, 'nomic.ai', 'GPT4All') },
            { place: 'jan', folder: path.join(roaming, 'Jan', 'data') },
            { place: 'llama.cpp', folder: env.LLAMA_CACHE ?? path.join(local, 'llama.cpp') },
          ]
        : [
            { place: 'gpt4all', folder: path.join(shared, 'nomic.ai', 'GPT4All') },
            { place: 'jan', folder: path.join(config, 'Jan', 'data') },
            { place: 'jan', folder: path.join(shared, 'Jan', 'data') },
            { place: 'llama.cpp', folder: env.LLAMA_CACHE ?? path.join(cache, 'llama.cpp') },
            { place: 'ollama', folder: '/usr/share/ollama/.ollama/models' },
          ]
  return [
    { place: 'lm-studio', folder: at('.lmstudio', 'models') },
    { place: 'lm-studio', folder: path.join(cache, 'lm-studio', 'models') },
    { place: 'ollama', folder: env.OLLAMA_MODELS ?? at('.ollama', 'models') },
    { place: 'jan', folder: at('jan', 'models') },
    { place: 'hugging-face', folder: hub },
    ...bySystem,
  ]
}
