import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { bundledText } from './scripts/bundledText.mjs'
import { recordPackages } from './scripts/recordPackages.mjs'

/** Every program that is started as a process of its own. */
const programs = {
  index: 'src/main/index.ts',
  serve: 'src/main/serve.ts',
  cli: 'src/main/cli.ts',
  'llm.host': 'src/main/llm/host/llm.host.ts',
  'embedder.host': 'src/main/embedding/host/embedder.host.ts',
  'parser.host': 'src/main/parsing/host/parser.host.ts',
}

export default defineConfig({
  main: {
    plugins: [bundledText(), recordPackages('main')],
    build: {
      // Some hundred small files otherwise, each found and read on its own at every start.
      externalizeDeps: { exclude: ['apache-arrow', 'zod'] },
      rolldownOptions: {
        input: programs,
        output: { format: 'es', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [recordPackages('preload')],
    build: {
      // A sandboxed preload is one CommonJS file that requires nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), recordPackages('renderer')],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // In kB. Files come from this machine, not over a network.
      chunkSizeWarningLimit: 1_500,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
