import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { allowNonce } from '../../../scripts/allowNonce.mjs'
import { bundledText } from '../../../scripts/bundledText.mjs'
import { serveScenes } from './serveScenes.ts'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), allowNonce(), bundledText(), serveScenes()],
})
