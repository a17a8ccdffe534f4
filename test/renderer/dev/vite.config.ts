import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { allowNonce } from '../../../scripts/allowNonce.mjs'
import { serveScenes } from './serveScenes.ts'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), allowNonce(), serveScenes()],
})
