import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { bundledText } from './scripts/bundledText.mjs'

/** Milliseconds that a test waits for something: machines are slow at times, and no test is of speed. */
const patience = 30_000

/** What a program of ours that a test starts writes, whatever the machine is set to. */
const env = { LC_ALL: 'C.UTF-8' }

/** Vitest itself leaves one free, which is half of two. */
const everyCore = '100%'

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [bundledText()],
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          maxWorkers: everyCore,
          testTimeout: patience,
          expect: { poll: { timeout: patience } },
          setupFiles: ['test/helpers/failOnConsole.ts'],
        },
      },
      {
        plugins: [react(), bundledText()],
        test: {
          name: 'renderer',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          maxWorkers: everyCore,
          environment: 'jsdom',
          expect: { poll: { timeout: patience } },
          setupFiles: ['test/helpers/failOnConsole.ts', 'test/helpers/rendererSetup.ts'],
        },
      },
      {
        plugins: [bundledText()],
        test: {
          name: 'integration',
          env,
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: patience } },
          // Native inference: more at once would starve each other where there are two cores.
          maxWorkers: 2,
        },
      },
      {
        plugins: [bundledText()],
        test: {
          name: 'e2e',
          env,
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 1_200_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: patience } },
          fileParallelism: false,
        },
      },
    ],
  },
})
