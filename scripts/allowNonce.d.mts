import type { Plugin } from 'vite'

export function allowNonce(): Plugin
