import hooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const restrict = (name, remedy) => ({ name, message: remedy })

export default defineConfig(
  globalIgnores(['out/', 'out-dev/', 'dist/', 'node_modules/', 'resources/']),
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_' },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            restrict(
              'electron',
              'Only src/main/electron, src/main/index.ts and src/preload know Electron; take a port instead.',
            ),
            restrict(
              '@lancedb/lancedb',
              'Only vectorStore.ts and its folder know LanceDB; use the ChunkStore port.',
            ),
            restrict(
              'node-llama-cpp',
              'Only src/main/llm/host loads llama.cpp, in its own process; use the Llm port.',
            ),
            restrict(
              '@huggingface/transformers',
              'Only embedding/host and parsing/host load transformers.js, in processes of their own; use the Embedder port.',
            ),
          ],
        },
      ],
    },
  },
  {
    files: [
      'src/main/electron/**',
      'src/main/index.ts',
      'src/preload/**',
      'src/main/retrieval/vectorStore.ts',
      'src/main/retrieval/vectorStore/**',
      'src/main/*/host/**',
      'test/**',
      'scripts/**',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}', 'test/renderer/**'],
    extends: [hooks.configs.flat.recommended],
  },
  {
    files: ['src/main/**'],
    rules: {
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'error' },
  },
)
