import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { allowNonce } from '../../../scripts/allowNonce.mjs'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), allowNonce()],
})
