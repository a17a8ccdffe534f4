import type { Plugin } from 'vite'

export function recordPackages(part: string): Plugin
